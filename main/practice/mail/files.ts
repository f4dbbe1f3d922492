import { crc32, deflateSync } from 'node:zlib'
import type { Attached } from './compose.ts'
import type { Random } from './random.ts'

/** An attachment of some kind: a picture, a table, a calendar entry, a document. */
export function inventFile(random: Random, label: string): Attached {
  return random.pick([picture, table, invitation, document])(random, label)
}

function table(random: Random, label: string): Attached {
  const rows = Array.from(
    { length: random.between(20, 400) },
    (_, i) => `${i + 1};lamp;${random.between(1, 90)};€`,
  )
  return {
    name: `${label}.csv`,
    mediaType: 'text/csv',
    bytes: Buffer.from(`no;what;count;price\r\n${rows.join('\r\n')}`),
  }
}

function invitation(random: Random, label: string): Attached {
  const day = String(random.between(1, 28)).padStart(2, '0')
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Lantern & Quay//EN', 'BEGIN:VEVENT']
  const event = [
    `UID:${random.between(1e6, 9e6)}@lanternquay.example`,
    `DTSTART:202611${day}T090000Z`,
    `SUMMARY:${label}`,
  ]
  const text = [...lines, ...event, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n')
  return { name: 'invite.ics', mediaType: 'text/calendar; method=REQUEST', bytes: Buffer.from(text) }
}

/** The smallest document that a reader opens: one page with one line. */
function document(_: Random, label: string): Attached {
  const stream = `BT /F1 14 Tf 60 740 Td (${label.replace(/[^\x20-\x7e]|[()\\]/g, '?')}) Tj ET`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]
  const body = objects.map((object, index) => `${index + 1} 0 obj${object}endobj\n`).join('')
  const bytes = Buffer.from(`%PDF-1.4\n${body}trailer<</Root 1 0 R>>\n%%EOF\n`)
  return { name: `${label}.pdf`, mediaType: 'application/pdf', bytes }
}

/** A PNG of random colour stripes (RFC 2083). */
function picture(random: Random, label: string): Attached {
  const size = random.between(40, 120)
  const row = () => Buffer.concat([Buffer.of(0), ...Array.from({ length: size }, () => random.bytes(3))])
  const pixels = deflateSync(Buffer.concat(Array.from({ length: size }, row)))
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const chunks = [chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]
  return { name: `${label}.png`, mediaType: 'image/png', bytes: Buffer.concat([signature, ...chunks]) }
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(named.length + 8)
  out.writeUInt32BE(data.length, 0)
  named.copy(out, 4)
  out.writeUInt32BE(crc32(named), named.length + 4)
  return out
}
