/** A file's bytes as base64, as the contract takes them. */
export function readBase64(file: Blob): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const reader = new FileReader()
  reader.onload = () => {
    // A data URL: "data:image/png;base64,….".
    const url = reader.result as string
    resolve(url.slice(url.indexOf(',') + 1))
  }
  reader.onerror = () => reject(reader.error ?? new Error('FileReader'))
  reader.readAsDataURL(file)
  return promise
}
