import { networkInterfaces } from 'node:os'
import type { DiagnosticsPorts } from '../features/diagnostics/ports.ts'
import { createDns } from './dns/query.ts'
import { late } from '../lib/late.ts'
import { getUrl } from './http/get.ts'
import { openImap } from './imap/open.ts'
import { openSmtp } from './smtp/open.ts'
import { tryTcp } from './tcp/connect.ts'

/** The adapters that the diagnosis stands on. */
export function createDiagnosticsPorts(environment: NodeJS.ProcessEnv = process.env): DiagnosticsPorts {
  return {
    dns: createDns,
    connect: tryTcp,
    openImap,
    openSmtp,
    send: late(async () => (await import('./smtp/send.ts')).sendMail),
    get: getUrl,
    proxies: () => proxiesIn(environment),
    hasFamily,
  }
}

/** Proxies from the environment, without user and password. */
function proxiesIn(environment: NodeJS.ProcessEnv): readonly string[] {
  const names = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy']
  const values = names.flatMap((name) => environment[name] ?? [])
  return [...new Set(values.map((value) => value.replace(/\/\/[^/@]*@/, '//')))].filter(
    (value) => value !== '',
  )
}

/** Whether an interface has an address of the family that reaches beyond this computer and its link. */
function hasFamily(family: 4 | 6): boolean {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return addresses.some(
    ({ internal, family: kind, address }) =>
      !internal && kind === `IPv${family}` && !/^(fe80:|169\.254\.)/i.test(address),
  )
}
