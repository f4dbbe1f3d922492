import { XMLParser } from 'fast-xml-parser'

/** The largest document that is read at all. */
export const maxXmlBytes = 256 * 1024
const maxDepth = 20

/** An element: its text, its attributes and its children by name. */
export interface XmlElement {
  readonly text: string
  attribute(name: string): string
  /** All children of this name, in order; namespaces are left out of names. */
  all(name: string): readonly XmlElement[]
  /** The first child of this name, and so on along the path; an empty element where there is none. */
  at(...path: readonly string[]): XmlElement
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  alwaysCreateTextNode: true,
  maxNestedTags: maxDepth,
  isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
})

/**
 * Reads a document from a stranger: no document type and so no entities of its own, at most 256 KiB, at most
 * 20 levels. Null when it is anything else.
 */
export function readXml(source: string): XmlElement | null {
  if (Buffer.byteLength(source) > maxXmlBytes || /<!DOCTYPE|<!ENTITY/i.test(source)) return null
  try {
    return elementOf(parser.parse(source) as unknown)
  } catch {
    // Whatever the parser stumbles over, the answer is the same: this is not a document that can be used.
    return null
  }
}

function elementOf(node: unknown): XmlElement {
  const fields = typeof node === 'object' && node !== null ? (node as Record<string, unknown>) : {}
  const own = (name: string): unknown => (Object.hasOwn(fields, name) ? fields[name] : undefined)
  const all = (name: string): readonly XmlElement[] => {
    const found = own(name)
    return Array.isArray(found) ? found.map(elementOf) : []
  }
  const self: XmlElement = {
    text: decode(typeof node === 'string' ? node : own('#text')),
    attribute: (name) => decode(own(`@${name}`)),
    all,
    at: (...path) => path.reduce<XmlElement>((element, name) => element.all(name)[0] ?? nothing, self),
  }
  return self
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The five entities that every document has (XML 1.0 section 4.6); others stay as they are written. */
function decode(value: unknown): string {
  if (typeof value !== 'string') return ''
  return value.replace(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => named[name] ?? whole).trim()
}

const nothing = elementOf('')
