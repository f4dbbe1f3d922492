import { labMailbox, pull } from './archive.ts'

/** A pull in a process of its own, to be killed. Arguments: archive, port, user, password. Prints what it reported. */
const [root = '', port = '', user = '', password = ''] = process.argv.slice(2)
const { ended } = await pull(root, labMailbox(user, Number(port)), password, {
  onProgress: (done) => process.stdout.write(`${done}\n`),
})
if (ended !== null) throw ended
process.stdout.write('end\n')
