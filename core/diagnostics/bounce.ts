/** Why a message came back, from a delivery status notification (RFC 3464); its best words, on one line. */
export function diagnosticTextOf(raw: string): string {
  const unfolded = raw.replace(/\r?\n[ \t]+/g, ' ')
  const code = /^diagnostic-code:\s*(?:[a-z0-9-]+;\s*)?(.+)$/im.exec(unfolded)?.[1]
  const status = /^status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(unfolded)?.[1]
  return (code ?? (status === undefined ? 'no reason given' : `status ${status}`)).trim().slice(0, 300)
}
