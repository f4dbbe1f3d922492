import { archiveThread, labMailbox, pull } from './archive.ts'
import { keysFromEnv } from './keys-from-env.ts'

/** A pull in a process of its own, to be killed. Arguments: archive, port, user, password. Prints what it reported. */
const [root = '', port = '', user = '', password = ''] = process.argv.slice(2)
const thread = archiveThread()
const keys = keysFromEnv(root)
if (keys !== null) await thread.call('holdKeys', [root, keys, null])
// Whoever kills it counts from here: how long a process takes to start says nothing.
process.stdout.write('0\n')
const { ended } = await pull(root, labMailbox(user, Number(port)), password, {
  thread,
  onProgress: (done) => process.stdout.write(`${done}\n`),
})
if (ended !== null) throw ended
process.stdout.write('end\n')
