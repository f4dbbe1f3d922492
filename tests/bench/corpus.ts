const words =
  'harbour invoice meeting crane ledger quay schedule margin contract delivery warehouse customs pilot anchor'.split(
    ' ',
  )

/** Gives a word, from a number between 0 and 1. */
export type PickWord = (random: number) => string

const fewWords: PickWord = (random) => words[Math.floor(random * words.length)] ?? ''

/** 30,000 invented words, each as frequent as its rank says (Zipf), as in real prose: what a search is measured on. */
export const manyWords: PickWord = (random) => inventedWord(Math.floor(30_000 ** random))

/** The word of a rank; frequent ones are short. */
export function inventedWord(rank: number): string {
  const syllables = 'ba de fi go hu ka le mi no pu ra se ti vo wu xa ye zi cho'.split(' ')
  let word = ''
  for (let left = rank + 19; left > 0; left = Math.floor(left / syllables.length))
    word += syllables[left % syllables.length] ?? ''
  return word
}

/** The sizes of a working mailbox: mostly short, some long, a tenth with attachments, many of these the same. */
export function corpusMessage(n: number, pick: PickWord = fewWords): Buffer {
  const random = seeded(n + 1)
  const kind = random()
  const bodyBytes = kind < 0.7 ? 1500 + random() * 5000 : kind < 0.9 ? 20_000 + random() * 60_000 : 2000
  const attachmentBytes = kind < 0.9 ? 0 : kind < 0.99 ? 150_000 + random() * 600_000 : 2_200_000
  const head = [
    `From: Person ${n % 300} <p${n % 300}@bench.example>`,
    'To: ana@lab.test',
    `Subject: ${n % 3 === 0 ? 'Re: ' : ''}${sentence(random, 5, pick)} ${n}`,
    `Date: ${new Date(Date.UTC(2024, 0, 1) + n * 3_600_000).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${n}.bench@bench.example>`,
    'MIME-Version: 1.0',
  ]
  if (attachmentBytes === 0)
    return Buffer.from([...head, 'Content-Type: text/plain', '', prose(random, bodyBytes, pick)].join('\r\n'))
  return Buffer.from(
    [
      ...head,
      'Content-Type: multipart/mixed; boundary=edge',
      '',
      '--edge',
      'Content-Type: text/plain',
      '',
      prose(random, bodyBytes, pick),
      '--edge',
      `Content-Type: application/pdf; name=report-${n % 200}.pdf`,
      'Content-Disposition: attachment',
      'Content-Transfer-Encoding: base64',
      '',
      binary(attachmentBytes, n % 200),
      '--edge--',
      '',
    ].join('\r\n'),
  )
}

function prose(random: () => number, bytes: number, pick: PickWord): string {
  const lines: string[] = []
  for (let length = 0; length < bytes; length += lines.at(-1)?.length ?? bytes)
    lines.push(sentence(random, 10, pick))
  return `${lines.join('\r\n')}\r\n`
}

function sentence(random: () => number, length: number, pick: PickWord): string {
  return Array.from({ length }, () => pick(random())).join(' ')
}

/** Bytes that do not compress, the same for the same seed, as base64 lines. */
function binary(bytes: number, seed: number): string {
  const random = seeded(seed + 7777)
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
