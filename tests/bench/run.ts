import { availableParallelism, totalmem } from 'node:os'
import type { Bench, BenchRow } from './bench.ts'
import { archiveBench } from './archive.ts'
import { encryptionBench } from './encryption.ts'
import { restoreBench } from './restore.ts'
import { largeSearchBench, searchBench } from './search.ts'
import { ticketsBench } from './tickets.ts'
import { verifyBench } from './verify.ts'

/** `npm run bench [-- NAME …]`: measures what the issues name and prints one table a group. */
const benches: readonly (() => Promise<Bench>)[] = [
  ticketsBench,
  archiveBench,
  verifyBench,
  restoreBench,
  encryptionBench,
  searchBench,
  largeSearchBench,
]

const wanted = process.argv.slice(2)
console.log(
  `node ${process.version}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}`,
)
for (const load of benches) {
  const bench = await load()
  if (wanted.length === 0 ? bench.onlyWhenNamed === true : !wanted.includes(bench.name)) continue
  console.log(`\n${bench.title}`)
  printRows(await bench.run((line) => process.stderr.write(`  ${line}\n`)))
}

function printRows(rows: readonly BenchRow[]): void {
  const cells = rows.map((row) => [
    row.measure,
    row.result,
    row.peer ?? '',
    row.ratio === undefined ? '' : `${row.ratio.toFixed(2)} ×`,
    row.target ?? '',
    row.met === null ? '' : row.met ? 'met' : 'MISSED',
  ])
  const table = [['measure', 'result', 'peer, same run', 'ratio', 'target', ''], ...cells]
  const widths = (table[0] ?? []).map((_, i) => Math.max(...table.map((line) => line[i]?.length ?? 0)))
  for (const line of table)
    console.log(
      `  ${line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd()}`,
    )
}
