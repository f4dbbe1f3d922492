import DOMPurify from 'dompurify'
import { realHost } from './real-host.ts'
import { withoutReferences } from './without-references.ts'

/** Nothing is loaded from anywhere; pictures that the message itself carries as data may be shown. */
const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
const style = `
  body { margin: 16px; font: 14px/1.5 system-ui, sans-serif; color: #1a1f26; background: #fff; overflow-wrap: anywhere; }
  img { max-width: 100%; height: auto; }
`
/** On the element itself, where no style of the message can undo it. */
const hostStyle =
  'display: inline !important; visibility: visible !important; opacity: 1 !important; position: static !important; ' +
  'color: #5a6472 !important; font: 12px system-ui, sans-serif !important'
const ownData = /^\s*data:/i

/** A whole page of the message's HTML for a frame with an empty sandbox. Links say their real host and lead nowhere. */
export function safeMail(html: string): string {
  const purify = DOMPurify(window)
  purify.addHook('afterSanitizeAttributes', (node) => {
    if (node.tagName === 'A') nameRealHost(node)
    else node.removeAttribute('href')
    for (const name of ['src', 'background', 'poster', 'srcset'])
      if (!ownData.test(node.getAttribute(name) ?? '')) node.removeAttribute(name)
    const css = node.getAttribute('style')
    if (css !== null) node.setAttribute('style', withoutReferences(css))
    if (node.tagName === 'STYLE') node.textContent = withoutReferences(node.textContent)
  })
  const clean = purify.sanitize(html, {
    FORBID_TAGS: [
      'form',
      'input',
      'button',
      'select',
      'textarea',
      'iframe',
      'object',
      'embed',
      'meta',
      'link',
      'base',
      'svg',
      'math',
      'video',
      'audio',
    ],
    FORBID_ATTR: ['ping', 'autofocus', 'target'],
    ALLOW_DATA_ATTR: false,
    ADD_TAGS: ['style'],
    FORCE_BODY: true,
  })
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><style>${style}</style></head><body dir="auto">${clean}</body></html>`
}

function nameRealHost(link: Element): void {
  const href = link.getAttribute('href') ?? ''
  link.removeAttribute('href')
  const host = realHost(href)
  if (host === null) return
  link.setAttribute('title', href)
  const note = link.ownerDocument.createElement('span')
  note.setAttribute('style', hostStyle)
  note.textContent = ` [${host}]`
  link.append(note)
}
