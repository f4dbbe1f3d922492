import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { describe as describeFinding } from '../../../core/diagnostics/findings.ts'
import type { FindingCode } from '../../../core/diagnostics/findings.ts'
import type { VerdictStatus } from '../../../core/diagnostics/types.ts'
import type { WriteHandle } from '../../../db/handles.ts'
import { closeDatabase, openDatabase } from '../../../db/open.ts'
import * as diagnostics from '../../../db/queries/diagnostics.ts'
import { diagnosticRun, probeResult } from '../../helpers/probe-results.ts'

describe('Kept diagnoses', () => {
  let db: WriteHandle
  beforeEach(() => {
    db = openDatabase(':memory:')
  })
  afterEach(() => closeDatabase(db))

  const keep = (
    runId: string,
    startedAtMs: number,
    code: FindingCode,
    status: Exclude<VerdictStatus, 'not_applicable'>,
  ) => {
    const { address, subject, options } = diagnosticRun({ runId })
    diagnostics.insertRun(db, {
      runId,
      mailboxId: 'm1',
      address,
      ticketId: null,
      startedAtMs,
      subject,
      options,
      ladder: [],
    })
    const finding = describeFinding(code, status, {}, [])
    diagnostics.endRun(db, {
      runId,
      state: 'done',
      endedAtMs: startedAtMs + 1,
      finding,
      otherFindings: [],
      transcripts: [],
    })
  }

  test('a run is read back as it was seen, its results in the order of the ladder', () => {
    const rung = (probeId: 'a.one' | 'a.two') => ({
      probeId,
      group: 'imap' as const,
      title: probeId,
      needs: [],
      essential: true,
    })
    const run = diagnosticRun({
      runId: 'r1',
      ladder: [rung('a.one'), rung('a.two')],
      mailboxId: 'm1',
      ticketId: 't1',
    })
    const finding = describeFinding('imap.auth_failed', 'fail', { text: 'no' }, ['a.two'])
    const [one, two] = [
      probeResult({ probeId: 'a.one' }),
      probeResult({ probeId: 'a.two', code: 'imap.auth_failed' }),
    ]
    const lines = [{ atMs: 1, from: 'server', text: 'hello' }] as const
    diagnostics.insertRun(db, run)
    diagnostics.addResults(db, 'r1', [two])
    diagnostics.addResults(db, 'r1', [one])
    diagnostics.endRun(db, {
      runId: 'r1',
      state: 'done',
      endedAtMs: 9,
      finding,
      otherFindings: [],
      transcripts: [{ transcriptId: 'imap', lines }],
    })
    expect([diagnostics.getRun(db, 'r1'), diagnostics.getTranscript(db, 'r1', 'imap')]).toEqual([
      { ...run, endedAtMs: 9, finding, results: [one, two] },
      lines,
    ])
  })

  test('the last good run is the newest before it that neither failed nor was undetermined', () => {
    keep('good', 1, 'healthy', 'pass')
    keep('flawed', 2, 'imap.idle_missing', 'warning')
    keep('open', 3, 'undetermined', 'unknown')
    keep('bad', 4, 'imap.auth_failed', 'fail')
    keep('later', 9, 'healthy', 'pass')
    const good = (runId: string) =>
      diagnostics.findLastGoodRun(db, diagnostics.getRun(db, runId)!)?.runId ?? null
    expect([good('bad'), good('flawed'), good('good')]).toEqual(['flawed', 'good', null])
  })

  test('runs are listed newest first, of one mailbox or of all', () => {
    keep('first', 1, 'healthy', 'pass')
    keep('second', 2, 'healthy', 'pass')
    const ids = (mailboxId: string | null) =>
      diagnostics.listRuns(db, mailboxId, 10).map(({ runId }) => runId)
    expect([ids('m1'), ids(null), ids('m2')]).toEqual([['second', 'first'], ['second', 'first'], []])
  })

  test('a run that was cut off with the program says so', () => {
    diagnostics.insertRun(db, diagnosticRun({ runId: 'r1' }))
    expect([diagnostics.interruptRuns(db, 7), diagnostics.getRun(db, 'r1')?.state]).toEqual([
      1,
      'interrupted',
    ])
  })
})
