/**
 * Whether a secret, plain or as SASL sends it, is in what is kept of a run: no finding, fact or transcript may
 * have it. Secrets of the lab have ten characters and more.
 */
export function keepsSecret(kept: unknown, secret: string): boolean {
  const text = JSON.stringify(kept)
  const plain = JSON.stringify(secret).slice(1, -1)
  // Base64 of a text has three forms, by where in a group of three bytes it begins; the edges differ.
  const encoded = ['', '0', '00'].map((before) =>
    Buffer.from(before + secret)
      .toString('base64')
      .slice(4, -4),
  )
  return [plain, ...encoded].some((form) => text.includes(form))
}
