const known =
  'harbour invoice meeting crane ledger quay schedule margin contract delivery warehouse customs pilot anchor'.split(
    ' ',
  )
const syllables = 'ta ri no ve sal mon ker dia pul esh ora bin lu gar fen tic'.split(' ')
/** A few thousand words, the first ones as frequent as in real prose. */
export const corpusWords: readonly string[] = [
  ...known,
  ...Array.from({ length: 4000 }, (_, n) => coined(n + 17)),
]
/** Attachments that are sent around: two of five are one of these, the others occur once. */
const passedAround = 60
const foreign = [
  'Grüße aus dem Hafen',
  'Été à la plage',
  '港湾の予定について',
  'Отчёт о поставке',
  'تقرير الميناء',
]

/**
 * A working mailbox, message by message: 70 % of 2 to 8 KB, 20 % of 20 to 80 KB, 9 % of 0.2 to 1 MB with an
 * attachment, 1 % of 3 MB; 70 KB on average. About a third of the attachments' bytes were sent before. Threads of
 * three, several charsets and encodings.
 */
export function corpusMessage(n: number): Buffer {
  const random = seeded(n + 1)
  const kind = random()
  const bodyBytes = kind < 0.7 ? 2000 + random() * 6000 : kind < 0.9 ? 20_000 + random() * 60_000 : 2000
  const head = headOf(n, random)
  if (kind < 0.9) return Buffer.from([...head, ...text(n, random, bodyBytes)].join('\r\n'))
  const attachment = random() < 0.4 ? Math.floor(random() * passedAround) : n + 1000
  const content = attachmentOf(attachment, kind >= 0.99)
  return Buffer.from(
    [
      ...head,
      'Content-Type: multipart/mixed; boundary=edge',
      '',
      '--edge',
      ...text(n, random, bodyBytes),
      '--edge',
      `Content-Type: application/pdf; name=report-${attachment}.pdf`,
      'Content-Disposition: attachment',
      'Content-Transfer-Encoding: base64',
      '',
      content,
      '--edge--',
      '',
    ].join('\r\n'),
  )
}

/** A message of plain text alone, 0.5 to 4 KB: for archives of very many. */
export function corpusNote(n: number): Buffer {
  const random = seeded(n + 1)
  const head = headOf(n, random)
  return Buffer.from([...head, ...text(n, random, 200 + random() * 3000)].join('\r\n'))
}

function headOf(n: number, random: () => number): readonly string[] {
  const first = n - (n % 3)
  const thread =
    n === first
      ? []
      : [`In-Reply-To: <${n - 1}.bench@bench.example>`, `References: <${first}.bench@bench.example>`]
  const word = foreign[n % 50]
  const topic = `${sentence(seeded(first + 1), 5)} ${first}`
  const subject =
    word === undefined ? topic : `=?UTF-8?B?${Buffer.from(`${word} ${topic}`).toString('base64')}?=`
  return [
    `Received: from mx.bench.example by mail.lab.test with ESMTPS id ${Math.floor(random() * 1e9).toString(36)}`,
    `From: Person ${n % 300} <p${n % 300}@bench.example>`,
    'To: ana@lab.test',
    `Subject: ${n === first ? '' : 'Re: '}${subject}`,
    `Date: ${new Date(Date.UTC(2024, 0, 1) + n * 3_600_000).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${n}.bench@bench.example>`,
    ...thread,
    'MIME-Version: 1.0',
  ]
}

/** Most are plain; the others in the charsets and encodings that mail comes in. */
function text(n: number, random: () => number, bytes: number): readonly string[] {
  const body = prose(random, bytes)
  const word = foreign[n % 5] ?? ''
  if (n % 10 === 3)
    return [
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      `${word}\r\n${body}`,
    ]
  if (n % 20 === 7) {
    const encoded = Buffer.from(`${word}\r\n${body}`).toString('base64')
    const lines = encoded.replace(/.{76}/g, '$&\r\n')
    return [
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      `${lines}\r\n`,
    ]
  }
  if (n % 20 === 9) {
    const head = [
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
    ]
    return [...head, `Gr=FC=DFe aus dem Hafen\r\n${body}`]
  }
  return ['Content-Type: text/plain', '', body]
}

function prose(random: () => number, bytes: number): string {
  const lines: string[] = []
  for (let length = 0; length < bytes; length += (lines.at(-1)?.length ?? bytes) + 2)
    lines.push(sentence(random, 10))
  return `${lines.join('\r\n')}\r\n`
}

function sentence(random: () => number, length: number): string {
  return Array.from({ length }, () => corpusWords[Math.floor(random() ** 3 * corpusWords.length)] ?? '').join(
    ' ',
  )
}

function coined(n: number): string {
  const random = seeded(n)
  return Array.from(
    { length: 2 + Math.floor(random() * 3) },
    () => syllables[Math.floor(random() * 16)] ?? '',
  ).join('')
}

/** The same for the same number: what was sent before is sent again to the byte. */
function attachmentOf(number: number, large: boolean): string {
  const random = seeded(number + 77_777)
  const bytes = large ? 2_200_000 : 140_000 + random() ** 7 * 560_000
  const values = new Uint32Array(Math.ceil(bytes / 4)).map(() => random() * 2 ** 32)
  return Buffer.from(values.buffer).toString('base64').replace(/.{76}/g, '$&\r\n')
}

function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
