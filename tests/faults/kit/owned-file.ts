import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { own } from '../../helpers/servers/instance.ts'

/** Writes a file that belongs to the user whom the servers run as; it goes with the servers' folder. */
export function writeOwned(path: string, content: string): AsyncDisposable {
  mkdirSync(dirname(path), { recursive: true })
  own(dirname(path))
  writeFileSync(path, content)
  own(path)
  return { [Symbol.asyncDispose]: () => Promise.resolve() }
}
