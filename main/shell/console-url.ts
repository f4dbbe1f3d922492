/** The scheme that serves the console inside the program; no other program and no web page has it. */
export const consoleScheme = 'app'

/** Where the console is. Its origin is what IPC and navigation trust. */
export const consoleUrl = `${consoleScheme}://console/`

/** Whether an address belongs to the console. Not by `origin`: Node gives `null` for schemes it does not know. */
export function isConsoleUrl(url: string): boolean {
  const parsed = URL.parse(url)
  return parsed !== null && `${parsed.protocol}//${parsed.host}/` === consoleUrl
}
