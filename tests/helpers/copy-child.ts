import { syncCopy } from '../../main/features/archive/store/copy-sync.ts'

/** Brings a second copy up to date in a process of its own, to be killed. Arguments: archive, copy, copy's id, archive's id. */
const [root = '', target = '', copyId = '', archiveId = ''] = process.argv.slice(2)
process.stdout.write('ready\n')
const { bytes } = await syncCopy({
  root,
  target,
  expected: { copyId, archiveId },
  // Yields, as the program does, so that a kill can fall between any two blocks.
  onProgress: () => new Promise((resolve) => setImmediate(resolve)),
})
process.stdout.write(`end ${bytes}\n`)
