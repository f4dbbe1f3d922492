import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { hashWithPython } from '../../helpers/archive-contents.ts'
import { fillArchive, makeArchive } from '../../helpers/archive.ts'
import { hostileLetters } from '../../helpers/hostile-letters.ts'
import { sha256 } from '../../helpers/maildir.ts'
import { makeMessage } from '../../helpers/messages.ts'
import { labPassword, startRestoreLab } from '../../helpers/restore-lab.ts'
import type { RestoreLab } from '../../helpers/restore-lab.ts'
import { runCli } from '../../helpers/run-cli.ts'
import { describeWith } from '../../helpers/with-servers.ts'

const to = 'ben@lab.test'
const letters = [...Object.values(hostileLetters), ...Array.from({ length: 30 }, (_, n) => makeMessage(n))]

interface Answer {
  readonly restoreId?: string
  readonly outcome?: string
  readonly report?: { readonly restored: number; readonly alreadyThere: number }
  readonly record?: { readonly verdict: string; readonly counts: { readonly identical: number } }
  readonly valid?: boolean
}

describeWith(['dovecot'], 'desk restore and desk drill', () => {
  let lab: RestoreLab
  let folder: string
  let root: string
  beforeEach(async () => {
    lab = await startRestoreLab([to])
    folder = mkdtempSync(join(tmpdir(), 'restore-cli-'))
    root = makeArchive(folder, 'mail')
    await fillArchive(root, 'Odd', letters)
  })
  afterEach(async () => {
    await lab[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  })
  const desk = async (...args: string[]) => {
    const run = await runCli(lab.desk.dataDir, ['--json', ...args], labPassword)
    if (run.stdout === '') throw new Error(run.stderr)
    return { exitCode: run.exitCode, value: JSON.parse(run.stdout) as Answer }
  }

  it('restores to a mailbox, adds nothing the second time, and takes it back', async () => {
    const restore = () =>
      desk('restore', 'start', root, '--to', to, '--into', 'From the archive', '--password-stdin')
    const first = await restore()
    const second = await restore()
    const { restoreId = '' } = first.value
    const undone = await desk('restore', 'undo', restoreId, '--password-stdin')
    expect([
      [first.exitCode, first.value.report?.restored],
      [second.exitCode, second.value.report?.restored, second.value.report?.alreadyThere],
      [undone.exitCode, undone.value.outcome],
    ]).toEqual([
      [0, letters.length],
      [0, 0, letters.length],
      [0, `Removed ${letters.length} of ${letters.length} messages that the restore had added.`],
    ])
  })

  it.each(['eml', 'maildir', 'mboxrd'] as const)(
    'restores to %s files, and adds nothing the second time',
    async (format) => {
      const out = join(folder, format)
      const restore = () => desk('restore', 'start', root, '--files', out, '--format', format)
      const [first, second] = [await restore(), await restore()]
      const inFolder = (path: string) =>
        readdirSync(path).map((name) => sha256(readFileSync(join(path, name))))
      const hashes = {
        eml: () => inFolder(join(out, 'Odd')),
        maildir: () => inFolder(join(out, 'Odd', 'cur')),
        mboxrd: () => hashWithPython(join(out, 'Odd.mbox')),
      }[format]()
      // Python leaves out the line end that mbox needs before its next line: what had none ends with one there.
      const expected = letters.map((bytes) =>
        format === 'mboxrd' && bytes.at(-1) !== 0x0a
          ? [sha256(bytes), sha256(Buffer.concat([bytes, Buffer.from('\n')]))]
          : [sha256(bytes)],
      )
      expect([
        first.value.report?.restored,
        second.value.report?.restored,
        hashes.length,
        expected.filter((possible) => !possible.some((hash) => hashes.includes(hash))).length,
      ]).toEqual([letters.length, 0, letters.length, 0])
    },
  )

  it('drills, writes the record, and verifies it', async () => {
    const out = join(folder, 'drill.json')
    vi.stubEnv('DRILL_VAULT', 'a place for the key')
    const vault = ['--vault-passphrase-env', 'DRILL_VAULT']
    const run = await desk(
      ...vault,
      'drill',
      'run',
      root,
      '--to',
      to,
      '--all',
      '--out',
      out,
      '--password-stdin',
    )
    vi.unstubAllEnvs()
    const check = await desk('drill', 'verify', out)
    const { record } = run.value
    expect([run.exitCode, record?.verdict, record?.counts.identical, check.value.valid]).toEqual([
      0,
      'warning',
      letters.length - 2,
      true,
    ])
  })
})
