/** The wanted charset where it can write the whole text, else UTF-8: as mail programs choose. */
export function charsetFor(text: string, wanted: string): string {
  return new TextDecoder(wanted).decode(encodeText(text, wanted)) === text ? wanted : 'utf-8'
}

/** Bytes of a text in an old charset that `TextDecoder` knows. What the charset lacks becomes `?`. */
export function encodeText(text: string, charset: string): Buffer {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8')
  if (charset === 'iso-2022-jp') return encodeJis(text)
  const table = singleByteTable(charset)
  return Buffer.from(Array.from(text, (char) => table.get(char) ?? 0x3f))
}

/** Node decodes these charsets but does not encode them: the table is the decoder turned round. */
function singleByteTable(charset: string): ReadonlyMap<string, number> {
  const decoder = new TextDecoder(charset)
  return new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]))
}

/** RFC 1468: ASCII, and two-byte JIS X 0208 between escape sequences. */
function encodeJis(text: string): Buffer {
  const out: number[] = []
  let inJis = false
  const switchTo = (jis: boolean) => {
    if (jis !== inJis) out.push(0x1b, ...(jis ? [0x24, 0x42] : [0x28, 0x42]))
    inJis = jis
  }
  for (const char of text) {
    const code = jisTable.get(char)
    switchTo(code !== undefined)
    if (code === undefined) out.push(char.charCodeAt(0) < 128 ? char.charCodeAt(0) : 0x3f)
    else out.push(code >> 8, code & 0xff)
  }
  switchTo(false)
  return Buffer.from(out)
}

/** JIS X 0208 by character, from the decoder of EUC-JP, which is the same table with the high bits set. */
const jisTable: ReadonlyMap<string, number> = new Map(
  range(0x21, 0x7e).flatMap((row) => {
    const decoder = new TextDecoder('euc-jp')
    const cells = range(0x21, 0x7e).map(
      (cell) => [decoder.decode(Uint8Array.of(row | 0x80, cell | 0x80)), (row << 8) | cell] as const,
    )
    return cells.filter(([char]) => char.length === 1 && char !== '\ufffd')
  }),
)

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}
