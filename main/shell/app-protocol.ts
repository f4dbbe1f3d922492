import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import type { Protocol } from 'electron'
import { contentSecurityPolicy } from '../lib/content-security-policy.ts'
import { consoleScheme, isConsoleUrl } from './console-url.ts'

/** Must run before the app is ready: makes `app://console/` a secure origin with relative addresses. */
export function registerConsoleScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: consoleScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves the built page from `assetsDir` at `app://console/`; an address without a file is the page itself. */
export function serveConsole(protocol: Protocol, assetsDir: string): void {
  protocol.handle(consoleScheme, (request) => answer(request, assetsDir))
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

async function answer(request: Request, assetsDir: string): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405)
  if (!isConsoleUrl(request.url)) return refuse(404)
  const file = fileOf(request.url, assetsDir)
  if (file === null) return refuse(403)
  // A page of the console has an address without an ending; what has one is a file or nothing.
  const path = extname(file) === '' ? join(assetsDir, 'index.html') : file
  try {
    const type = contentTypes[extname(path)] ?? 'application/octet-stream'
    return new Response(await readFile(path), { headers: { ...securityHeaders, 'Content-Type': type } })
  } catch {
    return refuse(404)
  }
}

/** The file that an address names, or null when it lies outside the folder or is no path at all. */
export function fileOf(url: string, assetsDir: string): string | null {
  let path: string
  try {
    path = decodeURIComponent(new URL(url).pathname)
  } catch {
    return null
  }
  // A backslash is a separator on Windows, a zero byte ends a path in C: neither is in any of our names.
  if (path.includes('\\') || path.includes('\0')) return null
  const file = join(assetsDir, path)
  return file === assetsDir || file.startsWith(assetsDir.endsWith(sep) ? assetsDir : assetsDir + sep)
    ? file
    : null
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: securityHeaders })
}
