/** A small generator of numbers that gives the same ones for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const words =
  'harbour invoice meeting crane ledger quay Grüße свод 会議 rapport délai tide cargo berth'.split(' ')

/**
 * Message `n` of an endless, always equal row of messages: plain text, HTML and attachments of several sizes,
 * 8-bit bodies, lines that start with `From ` and dots, empty bodies. Lines end in CRLF.
 */
export function makeMessage(n: number): Buffer {
  const random = seeded(n + 1)
  const pick = () => words[Math.floor(random() * words.length)] ?? ''
  const sentence = (length: number) => Array.from({ length }, pick).join(' ')
  const head = [
    'From: Ana <ana@lab.test>',
    `To: ben+${n}@lab.test`,
    `Subject: =?utf-8?B?${Buffer.from(`${n}: ${sentence(4)}`).toString('base64')}?=`,
    `Date: ${new Date(Date.UTC(2026, 0, 1) + n * 60_000).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${n}.${Math.floor(random() * 1e9)}@lab.test>`,
    'MIME-Version: 1.0',
  ]
  const kind = n % 10
  if (kind === 7) return Buffer.from([...head, '', ''].join('\r\n'))
  if (kind === 8) return Buffer.from([...head, ...withAttachment(sentence(20), random)].join('\r\n'))
  const paragraphs = Array.from({ length: 1 + Math.floor(random() * 12) }, () => sentence(10))
  const text = ['From the quay:', ...paragraphs, '.', '.dots', `>From ${n}`, ''].join('\r\n')
  return Buffer.from(
    [...head, 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', text].join(
      '\r\n',
    ),
  )
}

function withAttachment(text: string, random: () => number): string[] {
  const bytes = Buffer.from(Array.from({ length: 500 + Math.floor(random() * 20_000) }, () => random() * 256))
  return [
    'Content-Type: multipart/mixed; boundary=edge',
    '',
    '--edge',
    'Content-Type: text/html; charset=utf-8',
    '',
    `<p>${text}</p>`,
    '--edge',
    'Content-Type: application/octet-stream; name=load.bin',
    'Content-Disposition: attachment; filename=load.bin',
    'Content-Transfer-Encoding: base64',
    '',
    bytes.toString('base64').replace(/.{76}/g, '$&\r\n'),
    '--edge--',
    '',
  ]
}
