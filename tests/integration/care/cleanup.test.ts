import { afterEach, beforeEach, expect, it } from 'vitest'
import { contentsOf, letter, messagesOf, runEnded, startCareLab } from '../../helpers/care.ts'
import type { CareLab } from '../../helpers/care.ts'
import { describeWith } from '../../helpers/with-servers.ts'

const ana = 'ana@lab.test'
const old = new Date(Date.UTC(2021, 4, 3, 10, 20, 30))
const rule = { olderThanDays: 730, attachmentsOverBytes: 1000 }

describeWith(['dovecot'], 'a clean-up plan on a real server', () => {
  let lab: CareLab
  const fill = async () => {
    const client = await lab.connect(ana)
    await client.mailboxCreate('Projects')
    const big = (subject: string) =>
      letter({ subject, messageId: `${subject}@quay`, attachmentBytes: 20_000 })
    await client.append('INBOX', big('old'), ['\\Seen', '$Label1'], old)
    await client.append('INBOX', big('flagged'), ['\\Seen', '\\Flagged'], old)
    await client.append('INBOX', big('unread'), [], old)
    await client.append('INBOX', big('young'), ['\\Seen'], new Date())
    await client.append('INBOX', letter({ subject: 'small', messageId: 's@quay' }), ['\\Seen'], old)
    await client.append(
      'Projects',
      letter({ subject: 'no id', attachmentBytes: 9000 }),
      ['\\Seen', '\\Answered'],
      old,
    )
    return client
  }
  const plan = async (change: object = {}) =>
    lab.desk.call('care.savePlan', {
      name: 'Old and heavy',
      archiveId: lab.archiveId,
      mailboxIds: [lab.mailboxIdOf(ana)],
      rule,
      ...change,
    })
  const preview = async (planId: string) =>
    runEnded(lab.desk, await lab.desk.call('care.preview', { planId }))

  beforeEach(async () => {
    lab = await startCareLab([{ name: ana, quotaBytes: 2_000_000 }])
  })
  afterEach(() => lab[Symbol.asyncDispose]())

  it('previews without changing anything, removes what is proved, and brings every byte, flag and date back', async () => {
    const client = await fill()
    const before = [await contentsOf(lab, ana, 'INBOX'), await contentsOf(lab, ana, 'Projects')]
    const { planId } = await plan()
    const previewed = await preview(planId)
    const listed = await messagesOf(lab.desk, previewed.run)
    const untouched = [await contentsOf(lab, ana, 'INBOX'), await contentsOf(lab, ana, 'Projects')]
    const carried = await runEnded(
      lab.desk,
      await lab.desk.call('care.carryOut', { runId: previewed.run.runId }),
    )
    const after = await messagesOf(lab.desk, carried.run)
    const left = await contentsOf(lab, ana, 'INBOX')
    const undone = await runEnded(
      lab.desk,
      await lab.desk.call('care.undoRun', { runId: previewed.run.runId }),
    )
    const restored = [await contentsOf(lab, ana, 'INBOX'), await contentsOf(lab, ana, 'Projects')]
    await client.logout()
    const told = (messages: typeof listed) =>
      [...messages].map(([subject, { state, why }]) => `${subject}: ${why ?? state}`).toSorted()
    expect({
      listed: told(listed),
      untouched,
      after: told(after),
      proofs: [...after.values()].flatMap(({ state, sha256 }) =>
        state === 'removed' ? [sha256?.length] : [],
      ),
      left: left.map(({ source }) => /Subject: (.*)\r/.exec(source)?.[1]).toSorted(),
      states: [previewed, carried, undone].map(({ run }) => run.items[0]?.state),
      outcome: carried.outcome,
      restored,
    }).toEqual({
      listed: ['flagged: flagged', 'no id: listed', 'old: listed', 'unread: unread'],
      untouched: before,
      after: ['flagged: flagged', 'no id: removed', 'old: removed', 'unread: unread'],
      proofs: [64, 64],
      left: ['flagged', 'small', 'unread', 'young'],
      states: ['previewed', 'done', 'undone'],
      outcome: expect.stringMatching(
        /^2 messages \(.* kB\) archived, proved and removed\. 2 messages \(.* kB\) kept\.$/,
      ) as string,
      restored: before,
    })
  }, 60_000)

  it('keeps what was flagged after the list was made, and says so of what somebody else removed', async () => {
    const client = await fill()
    const { planId } = await plan({ compareAgain: true })
    const { run } = await preview(planId)
    const lock = await client.getMailboxLock('INBOX')
    await client.messageFlagsAdd({ header: { 'message-id': 'old@quay' } }, ['\\Flagged'])
    lock.release()
    const other = await client.getMailboxLock('Projects')
    await client.messageDelete('1:*')
    other.release()
    await runEnded(lab.desk, await lab.desk.call('care.carryOut', { runId: run.runId }))
    const after = await messagesOf(lab.desk, run)
    const left = await contentsOf(lab, ana, 'INBOX')
    await client.logout()
    expect([
      [after.get('old')?.state, after.get('old')?.why, after.get('old')?.note],
      [after.get('no id')?.state, after.get('no id')?.note],
      left.length,
    ]).toEqual([
      ['kept', 'flagged', 'Downloaded again and compared.'],
      ['failed', 'Left on the server: It is not in the archive.'],
      5,
    ])
  }, 60_000)

  it('leaves on the server what a legal hold of its archive keeps, also one that was placed after the list', async () => {
    const client = await fill()
    await client.logout()
    const hold = (folders: string[]) =>
      lab.desk.call('archive.placeHold', {
        ...{ archiveId: lab.archiveId, name: 'Case 12', by: 'Ana', reason: 'A dispute' },
        criteria: { folders },
      })
    await hold(['Projects'])
    const { planId } = await plan()
    const { run } = await preview(planId)
    const listed = await messagesOf(lab.desk, run)
    await hold(['INBOX'])
    const carried = await runEnded(lab.desk, await lab.desk.call('care.carryOut', { runId: run.runId }))
    const after = await messagesOf(lab.desk, run)
    expect([
      ['no id', 'old'].map((subject) => [listed.get(subject)?.state, listed.get(subject)?.why]),
      ['no id', 'old'].map((subject) => [after.get(subject)?.state, after.get(subject)?.why]),
      (await contentsOf(lab, ana, 'INBOX')).length,
      carried.run.items[0]?.keptBecause.held,
    ]).toEqual([
      [
        ['kept', 'held'],
        ['listed', null],
      ],
      [
        ['kept', 'held'],
        ['kept', 'held'],
      ],
      5,
      2,
    ])
  }, 60_000)

  it('never expunges what others have marked as deleted', async () => {
    const client = await fill()
    const lock = await client.getMailboxLock('INBOX')
    await client.messageFlagsAdd({ header: { 'message-id': 's@quay' } }, ['\\Deleted'])
    lock.release()
    const { planId } = await plan()
    const { run } = await preview(planId)
    await runEnded(lab.desk, await lab.desk.call('care.carryOut', { runId: run.runId }))
    const left = await contentsOf(lab, ana, 'INBOX')
    await client.logout()
    expect(left.filter(({ flags }) => flags.includes('\\Deleted')).length).toEqual(1)
  }, 60_000)

  it('removes extra copies only, and an undo brings exactly these back', async () => {
    const client = await lab.connect(ana)
    const copy = letter({ subject: 'twice', messageId: 'twice@quay' })
    for (const date of [old, new Date(old.getTime() + 60_000), new Date()])
      await client.append('INBOX', copy, ['\\Seen'], date)
    const before = await contentsOf(lab, ana, 'INBOX')
    const { planId } = await plan({ rule: { duplicatesOnly: true } })
    const { run } = await preview(planId)
    const carried = await runEnded(lab.desk, await lab.desk.call('care.carryOut', { runId: run.runId }))
    const left = await contentsOf(lab, ana, 'INBOX')
    await runEnded(lab.desk, await lab.desk.call('care.undoRun', { runId: run.runId }))
    const restored = await contentsOf(lab, ana, 'INBOX')
    await client.logout()
    expect([carried.run.items[0]?.amounts, left, restored]).toEqual([
      {
        removed: { messages: 2, sizeBytes: copy.length * 2 },
        kept: { messages: 1, sizeBytes: copy.length },
      },
      before.slice(0, 1),
      before,
    ])
  }, 60_000)
})
