import { createHash } from 'node:crypto'

/** Text that may stand in HTML as it is. */
export interface Html {
  readonly html: string
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * Builds HTML (under a name that no formatter takes for HTML: moved blanks would change the hash of the style);
 * whatever is put in is text and becomes text, unless it is `Html` itself. Characters that would be
 * obeyed rather than shown (controls, and those that turn the direction of what follows) are shown as �.
 */
export function markup(parts: TemplateStringsArray, ...values: readonly (string | number | Html)[]): Html {
  const text = parts.map((part, i) => {
    const value = values[i]
    if (value === undefined) return part
    return part + (typeof value === 'object' ? value.html : escapeText(String(value)))
  })
  return { html: text.join('') }
}

/** Several pieces, one after the other. */
export function joinHtml(pieces: readonly Html[]): Html {
  return { html: pieces.map((piece) => piece.html).join('') }
}

function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replace(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g,
      '\ufffd',
    )
    .replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

/** A file of the bundle as a link's target, from a page that is `depth` folders down. */
export function linkTo(name: string, depth = 0): string {
  return `${'../'.repeat(depth)}${name.split('/').map(encodeURIComponent).join('/')}`
}

const style = `
:root{color-scheme:light dark}
body{font:14px/1.45 system-ui,sans-serif;margin:24px auto;max-width:1100px;padding:0 16px}
h1{font-size:20px}h2{font-size:16px;margin-top:28px}
table{border-collapse:collapse;width:100%}
th,td{text-align:start;vertical-align:top;padding:5px 8px;border-bottom:1px solid #8885;overflow-wrap:anywhere}
th{font-weight:600}.n{text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums}
.d{white-space:nowrap;font-variant-numeric:tabular-nums}
code{font:12px/1.4 ui-monospace,monospace;overflow-wrap:anywhere}
.quiet{opacity:.75}nav{display:flex;gap:16px;margin:16px 0}
.sign td{height:56px}
@media print{body{margin:0;max-width:none}a{color:inherit;text-decoration:none}tr{break-inside:avoid}}
`
const styleHash = createHash('sha256').update(style).digest('base64')

/** A whole page that opens offline: no script, nothing from the network, and a policy that forbids both. */
export function page(title: string, body: Html): string {
  const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'none'; base-uri 'none'`
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${{ html: style }}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`.html
}
