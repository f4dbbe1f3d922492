import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startPracticeCompany } from '../../../main/practice/index.ts'
import type { PracticeCompany, PracticeUser } from '../../../main/practice/index.ts'

const entry = fileURLToPath(new URL('../../../main/cli/index.ts', import.meta.url))
let company: PracticeCompany
let user: PracticeUser
let dataDir: string
beforeAll(async () => {
  company = await startPracticeCompany()
  user = company.users.find(({ problem }) => problem === null)!
  dataDir = await mkdtemp(join(tmpdir(), 'desk-accounts-'))
})
afterAll(async () => {
  await company[Symbol.asyncDispose]()
  await rm(dataDir, { recursive: true, force: true })
})

/** Runs `desk ARGS` on a computer without a D-Bus session, with a vault whose passphrase is in a variable. */
async function desk(args: readonly string[], input = ''): Promise<{ code: number; out: string }> {
  const all = [entry, '--data-dir', dataDir, '--vault-passphrase-env', 'PASSPHRASE', ...args]
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...all], {
    env: { PATH: process.env['PATH'], HOME: dataDir, PASSPHRASE: 'correct horse', PASSWORD: user.password },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk))
  child.stdin.end(input)
  const [code] = (await once(child, 'close')) as [number]
  return { code, out }
}

it('desk accounts discovers, adds, checks and corrects a mailbox, and says the cause by its exit code', async () => {
  const neighbour = {
    name: 'Neighbour',
    email: `neighbour@${company.domain}`,
    mailbox: {
      address: `neighbour@${company.domain}`,
      username: 'neighbour',
      network: { dnsServers: [company.dnsServer], trustedCaPem: company.caPem },
    },
  }
  await desk(['call', 'accounts.add', '-'], JSON.stringify(neighbour))
  const discovered = await desk(['--json', 'accounts', 'discover', user.address])
  const added = await desk([
    'accounts',
    'add',
    user.address,
    '--name',
    user.name,
    '--password-env',
    'PASSWORD',
  ])
  const accepted = await desk(['accounts', 'check', user.address])
  const stored = await desk(['accounts', 'set-secret', user.address, '--password-stdin'], 'wrong\n')
  const refused = await desk(['accounts', 'check', user.address])
  const nobody = await desk(['--json', 'accounts', 'check', 'nobody@nowhere.example'])
  const { proposals } = JSON.parse(discovered.out) as { proposals: { imap: { host: string } }[] }
  expect({
    host: proposals[0]?.imap.host,
    codes: [discovered, added, accepted, stored, refused, nobody].map(({ code }) => code),
    said: [accepted.out.split(' (')[0], stored.out, refused.out.split(':')[0]],
    shown: [discovered, added, accepted, stored, refused].some(({ out }) => out.includes(user.password)),
  }).toEqual({
    host: `imap.${company.domain}`,
    codes: [0, 0, 0, 0, 16, 2],
    said: ['The server accepts the sign-in', 'Stored in the vault.\n', 'The server refuses the sign-in'],
    shown: false,
  })
})
