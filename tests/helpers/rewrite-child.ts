import { rewriteArchive } from '../../main/features/archive/keys/rewrite.ts'
import { holdKeys } from '../../main/features/archive/keys/ring.ts'
import { keysFromEnv } from './keys-from-env.ts'

/** An archive written anew in a process of its own, to be killed. Arguments: from, to. Says when it is at work. */
const [from = '', to = ''] = process.argv.slice(2)
holdKeys(to, keysFromEnv(to), null)
process.stdout.write('begun\n')
await rewriteArchive({ from, to, why: 'encrypted', onProgress: () => Promise.resolve() })
process.stdout.write('end\n')
