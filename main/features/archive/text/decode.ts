import { isAscii, isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'

const decoders = new Map<string, TextDecoder>()
const equals = 0x3d

/** Undoes a Content-Transfer-Encoding (RFC 2045 6). No more than `maxBytes` are decoded. */
export function decodeTransfer(bytes: Buffer, encoding: string, maxBytes: number): Buffer {
  if (encoding === 'base64') {
    // Four characters are three bytes, and line ends are part of what is read.
    const text = bytes.toString('latin1', 0, Math.min(bytes.length, Math.ceil(maxBytes * 1.4) + 4))
    return Buffer.from(text, 'base64').subarray(0, maxBytes)
  }
  const within = bytes.subarray(0, encoding === 'quoted-printable' ? maxBytes * 3 : maxBytes)
  return encoding === 'quoted-printable' ? decodeQuotedPrintable(within).subarray(0, maxBytes) : within
}

function decodeQuotedPrintable(bytes: Buffer): Buffer {
  let mark = bytes.indexOf(equals)
  if (mark === -1) return bytes
  const out = Buffer.allocUnsafe(bytes.length)
  let length = 0
  let at = 0
  while (mark !== -1) {
    length += bytes.copy(out, length, at, mark)
    const code = hex(bytes[mark + 1]) * 16 + hex(bytes[mark + 2])
    if (code >= 0) {
      out[length++] = code
      at = mark + 3
    } else at = softBreak(bytes, mark)
    if (at === mark) out[length++] = bytes[at++] ?? equals
    mark = bytes.indexOf(equals, at)
  }
  length += bytes.copy(out, length, at)
  return out.subarray(0, length)
}

/** Where the text goes on after `=` at the end of a line; the same place when it is no such line end. */
function softBreak(bytes: Buffer, mark: number): number {
  if (bytes[mark + 1] === 0x0a) return mark + 2
  return bytes[mark + 1] === 0x0d && bytes[mark + 2] === 0x0a ? mark + 3 : mark
}

/** The value of a hexadecimal digit; far below zero for anything else. */
function hex(byte: number | undefined): number {
  if (byte === undefined) return -1000
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte & 0xdf
  return letter >= 0x41 && letter <= 0x46 ? letter - 0x37 : -1000
}

/** Bytes as text. A charset that is missing, unknown or not true is replaced by what the bytes look like. */
export function decodeCharset(bytes: Buffer, charset: string | null): string {
  if (isAscii(bytes) && !/^(?:iso-2022|hz|utf-7|utf-?16)/i.test(charset ?? ''))
    return bytes.toString('latin1')
  const label = (charset ?? '').trim().toLowerCase()
  if (label === '' || label === 'us-ascii' || label === 'utf-8' || label === 'utf8')
    return isUtf8(bytes) ? bytes.toString('utf8') : decoderOf('windows-1252').decode(bytes)
  return decoderOf(label).decode(bytes)
}

function decoderOf(label: string): TextDecoder {
  const known = decoders.get(label)
  if (known !== undefined) return known
  const decoder = makeDecoder(label)
  // Labels come from mail: a few dozen are real, and more than that are not worth remembering.
  if (decoders.size < 64) decoders.set(label, decoder)
  return decoder
}

function makeDecoder(label: string): TextDecoder {
  try {
    return new TextDecoder(label)
  } catch {
    // Unknown to the encoding standard (https://encoding.spec.whatwg.org).
    return new TextDecoder('windows-1252')
  }
}
