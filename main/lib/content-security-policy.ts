/**
 * The console's Content-Security-Policy, in the window and in the browser alike: own scripts only, no remote
 * content. Inline styles are allowed because Mantine sets them; frames only for mail, as sandboxed `srcdoc`.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')
