import { afterEach, expect, it } from 'vitest'
import { contentsOf, letter, messagesOf, runEnded, startCareLab } from '../../helpers/care.ts'
import type { CareLab } from '../../helpers/care.ts'
import { describeWith } from '../../helpers/with-servers.ts'

const ana = 'ana@lab.test'
const ben = 'ben@lab.test'
const old = new Date(Date.UTC(2021, 4, 3, 10, 20, 30))

/** A Dovecot that tells of no UIDPLUS and no MOVE, as old servers do not have them. */
const withoutExtensions = 'imap_capability = IMAP4rev1 LITERAL+ ID NAMESPACE SPECIAL-USE UNSELECT'

describeWith(['dovecot'], 'care of mailboxes on a real server', () => {
  let lab: CareLab | null = null
  const start = async (extraConfig = '') => {
    lab = await startCareLab([{ name: ana, quotaBytes: 100_000 }, { name: ben }], { extraConfig })
    return lab
  }
  afterEach(() => lab?.[Symbol.asyncDispose]())

  const savePlan = (care: CareLab, change: object = {}) =>
    care.desk.call('care.savePlan', {
      name: 'Old',
      archiveId: care.archiveId,
      mailboxIds: [care.mailboxIdOf(ana)],
      rule: { olderThanDays: 365, keepUnread: false },
      ...change,
    })

  it('a scan tells folders, quota, senders, years, attachments and copies, and is kept', async () => {
    const care = await start()
    const client = await care.connect(ana)
    await client.mailboxCreate('Work')
    await client.mailboxCreate('Work/Plans')
    const copy = letter({ subject: 'Copy', messageId: 'c@q' })
    await client.append('INBOX', copy, [], old)
    await client.append('Work', copy, ['\\Flagged'], old)
    await client.append(
      'Work/Plans',
      letter({ subject: 'Plan', from: 'Bo <bo@b.example>', attachmentBytes: 9000 }),
      [],
      new Date(),
    )
    await client.logout()
    const mailboxId = care.mailboxIdOf(ana)
    const job = await care.desk.finished((await care.desk.call('care.scan', { mailboxId })).runId)
    const { scan } = await care.desk.call('care.storage', { mailboxId })
    const { mailboxes } = await care.desk.call('care.list', {})
    const report = scan!.report
    const work = report.folders.find(({ path }) => path === 'Work')!
    const listed = mailboxes.find((one) => one.mailboxId === mailboxId)!
    expect({
      outcome: job.outcome,
      messages: report.messages,
      work: [work.messages, work.allMessages, work.allBytes > work.sizeBytes],
      quota: [report.quota!.limitBytes, report.quota!.usedBytes > 9000],
      senders: report.senders.map(({ name, messages }) => [name, messages]),
      years: report.years.map(({ name }) => name),
      types: report.attachmentTypes.map(({ name, messages }) => [name, messages]),
      copies: [report.duplicates.extraCopies, report.duplicates.extraBytes, report.duplicates.notComparable],
      largest: report.largest.map(({ subject, flagged }) => [subject, flagged]),
      forecast: scan!.forecast.kind,
      first: [mailboxes[0]?.mailboxId, listed.scan?.messages],
    }).toEqual({
      outcome: expect.stringMatching(
        /^3 messages \(.* kB\) in 8 folders\. The server counts .* of .* kB\.$/,
      ) as string,
      messages: 3,
      work: [1, 2, true],
      quota: [100_352, true],
      senders: [
        ['bo@b.example', 1],
        ['rosa@quay.example', 2],
      ],
      years: ['2021', String(new Date().getFullYear())],
      types: [['application/pdf', 1]],
      copies: [1, copy.length, 1],
      largest: [
        ['Plan', false],
        ['Copy', false],
        ['Copy', true],
      ],
      forecast: 'unknown',
      first: [mailboxId, 3],
    })
  }, 60_000)

  it('without UIDPLUS nothing is expunged: messages are marked, which is said, and an undo takes the mark off', async () => {
    const care = await start(withoutExtensions)
    const client = await care.connect(ana)
    await client.append('INBOX', letter({ subject: 'Old', messageId: 'o@q' }), ['\\Seen'], old)
    await client.append('INBOX', letter({ subject: 'Others', messageId: 'x@q' }), ['\\Deleted'], new Date())
    await client.logout()
    const before = await contentsOf(care, ana, 'INBOX')
    const { planId } = await savePlan(care)
    const { run } = await runEnded(care.desk, await care.desk.call('care.preview', { planId }))
    const carried = await runEnded(care.desk, await care.desk.call('care.carryOut', { runId: run.runId }))
    const marked = (await messagesOf(care.desk, run)).get('Old')
    const left = await contentsOf(care, ana, 'INBOX')
    await runEnded(care.desk, await care.desk.call('care.undoRun', { runId: run.runId }))
    expect([
      carried.outcome,
      marked?.state,
      left.map(({ flags }) => flags),
      await contentsOf(care, ana, 'INBOX'),
    ]).toEqual([
      expect.stringContaining('marked as deleted; the server cannot remove them one by one') as string,
      'marked',
      [['\\Deleted', '\\Seen'], ['\\Deleted']],
      before,
    ])
  }, 60_000)

  it('a plan for many mailboxes goes on when one fails, which stays failed', async () => {
    const care = await start()
    for (const user of [ana, ben]) {
      const client = await care.connect(user)
      await client.append('INBOX', letter({ subject: 'Old', messageId: 'o@q' }), ['\\Seen'], old)
      await client.logout()
    }
    await care.desk.call('accounts.forgetSecret', { mailboxId: care.mailboxIdOf(ana) })
    const { planId } = await savePlan(care, { mailboxIds: null })
    const listed = await runEnded(care.desk, await care.desk.call('care.preview', { planId }))
    const carried = await runEnded(
      care.desk,
      await care.desk.call('care.carryOut', { runId: listed.run.runId }),
    )
    const told = (run: typeof listed.run) =>
      run.items.map(({ address, state, note }) => [address, state, note])
    expect([told(listed.run), told(carried.run), (await contentsOf(care, ben, 'INBOX')).length]).toEqual([
      [
        [ana, 'failed', 'No password or token is stored for this mailbox.'],
        [ben, 'previewed', null],
      ],
      [
        [ana, 'failed', 'No password or token is stored for this mailbox.'],
        [ben, 'done', null],
      ],
      0,
    ])
  }, 60_000)

  it('on a schedule a plan only lists, until its removal is turned on', async () => {
    const care = await start()
    const client = await care.connect(ana)
    await client.append('INBOX', letter({ subject: 'Old', messageId: 'o@q' }), ['\\Seen'], old)
    await client.logout()
    const plan = await savePlan(care)
    const { scheduleId } = await care.desk.call('schedules.create', {
      kind: 'care.plan',
      target: { archiveId: null, mailboxIds: [], planId: plan.planId },
      recurrence: { every: 'hours', hours: 24 },
      window: null,
      ...{ onBattery: true, onMetered: true, enabled: false },
    })
    const runNow = async () => {
      const ended = Promise.withResolvers<void>()
      const stop = care.desk.desk.subscribe((name, payload) => {
        const { kind, state } = payload as { kind?: string; state?: string }
        if (name === 'jobs.changed' && kind === 'care.plan' && state === 'done') ended.resolve()
      })
      await care.desk.call('schedules.runNow', { scheduleId })
      await ended.promise
      stop()
      const { runs } = await care.desk.call('care.runs', {})
      return [runs[0]?.items[0]?.state, (await contentsOf(care, ana, 'INBOX')).length]
    }
    const listed = await runNow()
    const { planId, name, archiveId, mailboxIds, rule } = plan
    await care.desk.call('care.savePlan', { planId, name, archiveId, mailboxIds, rule, removalOn: true })
    expect([listed, await runNow()]).toEqual([
      ['previewed', 1],
      ['done', 0],
    ])
  }, 60_000)

  for (const [title, extraConfig, kind] of [
    ['moves it back with its reason', '', 'moved'],
    ['without MOVE and UIDPLUS copies it and marks the original', withoutExtensions, 'copied'],
  ] as const)
    it(`junk: finds mail by sender, says why it is there, ${title}, and undoes that`, async () => {
      const care = await start(extraConfig)
      const client = await care.connect(ana)
      const header = [
        'X-Spam-Status: Yes, score=7.2 required=5.0',
        'Authentication-Results: mx.lab.test; spf=fail smtp.mailfrom=quay.example; dkim=pass',
      ]
      const bytes = letter({ subject: 'Invoice 7', messageId: 'i7@q', header })
      await client.append('Junk', bytes, ['$Junk'], old)
      await client.append('Junk', letter({ subject: 'Win', from: 'x@spam.example' }), [], old)
      await client.logout()
      const mailboxId = care.mailboxIdOf(ana)
      const criteria = { from: 'quay.example' }
      const { runId } = await care.desk.call('care.findJunk', { mailboxIds: [mailboxId], criteria })
      await care.desk.finished(runId)
      const found = await care.desk.call('care.junk', { runId })
      const { folder, uidValidity, uid, signs } = found.messages[0]!
      const shown = await care.desk.call('care.junkHeader', { mailboxId, folder, uidValidity, uid })
      const ticket = await care.desk.call('tickets.open', {
        subject: 'A mail is missing',
        requester: { name: 'Ana', email: ana, personId: null },
      })
      const { recoveries } = await care.desk.call('care.recover', {
        ...{
          mailboxId,
          folder,
          uidValidity,
          uids: [uid],
          reason: 'A known supplier',
          ticketId: ticket.ticketId,
        },
      })
      const inbox = await contentsOf(care, ana, 'INBOX')
      const { evidence } = await care.desk.call('tickets.get', { ticketId: ticket.ticketId })
      const undone = await care.desk.call('care.undoRecovery', { recoveryId: recoveries[0]!.recoveryId })
      const junk = (await contentsOf(care, ana, 'Junk')).filter(({ flags }) => !flags.includes('\\Deleted'))
      expect({
        looks: found.looks,
        found: found.messages.map(({ subject }) => subject),
        signs,
        header: shown.text.startsWith('From: Rosa'),
        moved: recoveries.map(({ state, reason }) => [state, reason]),
        inbox: inbox.map(({ source, flags }) => [source === bytes.toString('latin1'), flags]),
        evidence: evidence.map(({ kind: of, summary }) => [of, summary.includes('A known supplier')]),
        undone: undone.state,
        junk: junk.length,
      }).toEqual({
        looks: [{ mailboxId, address: ana, folders: ['Junk'], found: 1, more: false, problem: null }],
        found: ['Invoice 7'],
        signs: [
          { header: 'X-Spam-Status', says: 'Yes, score=7.2 required=5.0' },
          { header: 'Authentication-Results', says: 'spf=fail' },
        ],
        header: true,
        moved: [[kind, 'A known supplier']],
        inbox: [[true, ['$NotJunk', 'NonJunk']]],
        evidence: [['junk_recovery', true]],
        undone: 'undone',
        junk: 2,
      })
    }, 60_000)
})
