import { labMailbox, pull } from '../helpers/archive.ts'

/** One pull as a whole process, as a user would start it: Node's own start is part of the time. */
const [root = '', port = '', user = '', password = ''] = process.argv.slice(2)
const { ended } = await pull(root, labMailbox(user, Number(port)), password)
if (ended !== null) throw ended
process.stdout.write(String(process.resourceUsage().maxRSS))
