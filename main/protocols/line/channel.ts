import type { Duplex } from 'node:stream'
import { judgeTls } from '../../../core/diagnostics/judge-tls.ts'
import type { TlsFacts, TlsVerdict } from '../../../core/diagnostics/judge-tls.ts'
import type { FindingCode } from '../../../core/diagnostics/findings.ts'
import type { Facts } from '../../../core/diagnostics/types.ts'
import type { Problem, Step, TranscriptPort, WireTarget } from '../../features/diagnostics/ports.ts'
import { deadline } from '../../lib/deadline.ts'
import { openTcp } from '../tcp/connect.ts'
import { shakeHands } from '../tls/handshake.ts'
import { inspectTls } from '../tls/inspect.ts'
import { createDialog, DialogError } from './dialog.ts'
import type { LineDialog } from './dialog.ts'

/** A judged TLS session. */
export interface JudgedTls {
  readonly facts: TlsFacts
  readonly verdict: TlsVerdict
}

/** The facts that every sentence about a connection may name. */
export function placeOf(target: WireTarget): Facts {
  const { host, port, security } = target.server
  return {
    host,
    port,
    security: security.toUpperCase(),
    target: `${target.address}:${port}`,
    seconds: Math.round(target.limits.replyMs / 1000),
  }
}

/** A problem at this place. */
export function problemAt(
  target: WireTarget,
  code: FindingCode,
  evidence: string,
  facts: Facts = {},
): Problem {
  return { code, evidence, facts: { ...placeOf(target), text: evidence, ...facts } }
}

/** An open TCP connection, or why there is none. */
export async function openSocket(
  target: WireTarget,
  transcript: TranscriptPort,
  signal: AbortSignal,
): Promise<Step<Duplex>> {
  const { address, limits, server } = target
  transcript.note(`connecting to ${address} port ${server.port}`)
  const { socket, kind, text } = await openTcp(address, server.port, limits, signal)
  if (socket !== null) return { ok: true, value: socket }
  transcript.note(`no connection: ${text}`)
  return { ok: false, problem: problemAt(target, tcpCode(kind), text) }
}

function tcpCode(kind: Awaited<ReturnType<typeof openTcp>>['kind']): FindingCode {
  switch (kind) {
    case 'refused':
      return 'tcp.refused'
    case 'timed_out':
      return 'tcp.timed_out'
    case 'reset':
      return 'tcp.reset'
    case 'unreachable':
    case 'connected':
      return 'network.unreachable'
  }
}

/** What became of an attempt to encrypt: `old` says that an old version of TLS may be the reason. */
export type Secured =
  | { readonly ok: true; readonly dialog: LineDialog; readonly tls: JudgedTls }
  | { readonly ok: false; readonly problem: Problem; readonly tls: JudgedTls | null; readonly old: boolean }

/**
 * Encrypts a connected socket and judges the certificate. A certificate that is not good ends the connection
 * here, so nothing secret can be sent over it.
 */
export async function secure(
  socket: Duplex,
  target: WireTarget,
  transcript: TranscriptPort,
  allowOld: boolean,
  signal: AbortSignal,
): Promise<Secured> {
  const { server, network, limits, nowMs } = target
  const options = {
    host: server.host,
    trustedCaPem: network.trustedCaPem,
    timeoutMs: limits.replyMs,
    allowOld,
  }
  const hands = await shakeHands(socket, options, signal)
  if (hands.kind !== 'established') {
    transcript.note(`TLS failed: ${hands.text}`)
    const code = hands.kind === 'timed_out' ? 'tls.timed_out' : 'tls.handshake_failed'
    const facts = { notTls: hands.kind === 'not_tls' }
    return {
      ok: false,
      problem: problemAt(target, code, hands.text, facts),
      tls: null,
      old: hands.kind === 'version',
    }
  }
  const tlsFacts = inspectTls(hands.socket, server.host)
  const tls = { facts: tlsFacts, verdict: judgeTls(tlsFacts, server.host, nowMs) }
  const session = `${tlsFacts.version}, ${tlsFacts.cipher}`
  const { evidence: seen } = tls.verdict
  transcript.note(seen.startsWith(session) ? seen : `${session}: ${seen}`)
  if (tls.verdict.status !== 'fail') return { ok: true, dialog: createDialog(hands.socket), tls }
  hands.socket.on('error', () => undefined).destroy()
  const { code, evidence, facts } = tls.verdict
  const problem = problemAt(target, code ?? 'tls.bad_certificate', evidence, facts)
  return { ok: false, problem, tls, old: false }
}

/**
 * What the other side says in the clear when it is let speak first; empty when it waits. It tells a port
 * without TLS from one that does not answer.
 */
export async function firstWords(
  target: WireTarget,
  transcript: TranscriptPort,
  signal: AbortSignal,
): Promise<string> {
  const opened = await openSocket(target, transcript, signal)
  if (!opened.ok) return ''
  const dialog = createDialog(opened.value, { lineBytes: 2048, replyBytes: 4096 })
  try {
    const line = await dialog.readLine(deadline(signal, Math.min(2_000, target.limits.replyMs)))
    transcript.server(line)
    return line
  } catch (error) {
    if (error instanceof DialogError) return error.lastText
    throw error
  } finally {
    dialog.destroy()
  }
}

/** Whether a TLS handshake succeeds where the settings say that words come first. */
export async function speaksTls(
  target: WireTarget,
  transcript: TranscriptPort,
  signal: AbortSignal,
): Promise<boolean> {
  const opened = await openSocket(target, transcript, signal)
  if (!opened.ok) return false
  const secured = await secure(opened.value, target, transcript, false, signal)
  if (secured.ok) secured.dialog.destroy()
  else opened.value.destroy()
  return secured.tls !== null
}

/** Protocols by their first words; for a port that speaks another one than the settings say. */
export function looksLike(line: string): string {
  if (/^220[ -]/.test(line)) return 'an SMTP server'
  if (/^\* (OK|PREAUTH|BYE)/i.test(line)) return 'an IMAP server'
  if (/^\+OK/.test(line)) return 'a POP3 server'
  if (/^HTTP\/|^<(!doctype|html)/i.test(line)) return 'a web server'
  if (/^SSH-/.test(line)) return 'an SSH server'
  return 'something else'
}
