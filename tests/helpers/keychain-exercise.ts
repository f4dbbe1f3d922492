import { createKeytarKeychain } from '../../main/protocols/keychain/keytar-keychain.ts'
import { Secret } from '../../main/lib/secret.ts'

/** Run by the keychain test inside and outside of a D-Bus session; prints what it saw as one JSON line. */
const keychain = createKeytarKeychain()
const problem = await keychain.findProblem()
const seen = problem === null ? await exercise() : null
process.stdout.write(`${JSON.stringify({ problem, seen })}\n`)

async function exercise(): Promise<unknown> {
  const read = async () => (await keychain.get('mailbox:test'))?.open() ?? null
  const before = await read()
  await keychain.set('mailbox:test', new Secret('pässwörd 🐟'))
  const stored = await read()
  await keychain.delete('mailbox:test')
  await keychain.delete('mailbox:test')
  return { before, stored, after: await read() }
}
