/** Folder names as IMAP4rev1 writes them: modified UTF-7 (RFC 3501, 5.1.3). */
export function encodeFolderName(name: string): string {
  return name.replace(/&|[^\x20-\x7e]+/g, (run) => (run === '&' ? '&-' : `&${encodeRun(run)}-`))
}

/** The name that was meant by modified UTF-7. */
export function decodeFolderName(encoded: string): string {
  return encoded.replace(/&([^-]*)-/g, (_, run: string) => (run === '' ? '&' : decodeRun(run)))
}

function encodeRun(run: string): string {
  return Buffer.from(run, 'utf16le').swap16().toString('base64').replace(/=+$/, '').replaceAll('/', ',')
}

function decodeRun(run: string): string {
  const bytes = Buffer.from(run.replaceAll(',', '/'), 'base64')
  return bytes
    .subarray(0, bytes.length & ~1)
    .swap16()
    .toString('utf16le')
}
