/** Letters that Unicode does not take apart, as people type them who do not have them on their keyboard. */
const plainLetters: Readonly<Record<string, string>> = {
  ...{ ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' },
}

/** A name as it is compared and sorted: no case, no accents, one form for one letter (Unicode NFKD). */
export function foldText(text: string): string {
  const apart = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
  return apart.replace(/[łøđðþßæœı]/g, (letter) => plainLetters[letter] ?? letter)
}

/** An address as it is compared: no case. Accents stay: they make another mailbox. */
export function foldAddress(address: string): string {
  return address.normalize('NFC').toLowerCase().trim()
}

/** A word of a search, as it is looked for in names and in addresses. */
export interface SearchWord {
  readonly inName: string
  readonly inAddress: string
}

/** The words of a search; all of them have to be found. */
export function searchWords(text: string): readonly SearchWord[] {
  const words = text.split(/\s+/u).filter((word) => foldText(word) !== '')
  return words.map((word) => ({ inName: foldText(word), inAddress: foldAddress(word) }))
}

/** The part of an address behind its last @, in lower case; empty when there is none. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf('@')
  return at < 0 ? '' : address.slice(at + 1).toLowerCase()
}
