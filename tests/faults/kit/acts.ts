import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Wire } from './wire.ts'

/** What a server is answering: the connection, the command's tag (IMAP; empty in SMTP) and its line. */
export interface Call {
  readonly wire: Wire
  readonly tag: string
  readonly line: string
}

/** What a scripted server does instead of what it should. */
export type Act = (call: Call) => Promise<void> | void

/** Sends these lines; `%` stands for the command's tag. */
export const answer =
  (...lines: readonly string[]): Act =>
  ({ wire, tag }) =>
    wire.say(...lines.map((line) => line.replaceAll('%', tag)))

/** Never answers, and leaves the connection open. */
export const stall: Act = ({ wire }) => wire.closed

/** Says it after a while that is within bounds. */
export const later =
  (line: string, afterMs = 1_000): Act =>
  async ({ wire }) => {
    await setTimeout(afterMs)
    wire.say(line)
  }

/** Sends one character after the other, slower than anyone waits. */
export const drip =
  (text: string, everyMs = 700): Act =>
  async ({ wire }) => {
    let sent = 0
    const timer = setInterval(() => wire.socket.write(text.charAt(sent++)), everyMs)
    await wire.closed
    clearInterval(timer)
  }

/** Says something, or half of it, and closes the connection in order. */
export const cut =
  (text = ''): Act =>
  ({ wire }) =>
    void wire.socket.end(text)

/** Ends the connection as a crashed server or a firewall does: with RST. */
export const reset: Act = ({ wire }) => wire.reset()

/** One line that never ends. */
export const endlessLine: Act = async ({ wire }) => {
  await pour(wire, () => 'A'.repeat(16_384))
}

/** Lines without end, each of them valid. */
export const endlessLines =
  (line: string): Act =>
  async ({ wire, tag }) => {
    await pour(wire, () => `${line.replaceAll('%', tag)}\r\n`.repeat(2_048))
  }

/** Bytes that are no protocol at all. */
export const garbage: Act = ({ wire }) => void wire.socket.end(randomBytes(256))

/** A web server that sits on the mail port. */
export const speakHttp: Act = ({ wire }) =>
  void wire.socket.end(
    'HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nContent-Type: text/html\r\n\r\n<html><body>400</body></html>\r\n',
  )

/** Pours as fast as the client takes it, and not faster, so that the lab's own memory stays small. */
async function pour(wire: Wire, next: () => string): Promise<void> {
  const write = () => {
    if (wire.socket.destroyed) return
    if (wire.socket.write(next())) setImmediate(write)
    else wire.socket.once('drain', write)
  }
  write()
  await wire.closed
}
