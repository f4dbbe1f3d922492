/**
 * Style sheets without what they would load. Whatever is written in a way that escapes this, the policy stops. Each
 * match takes what it has looked at with it, so that hostile text costs time by its length only.
 */
export function withoutReferences(css: string): string {
  return css.replaceAll(/@import[^;]*;?/gi, '').replaceAll(/url\((?!\s*["']?data:)[^)]*\)?/gi, 'none')
}
