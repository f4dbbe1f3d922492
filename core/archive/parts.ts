/** What of one folder goes into a part: so many messages, after the first `from`. */
export interface PlannedSlice {
  readonly folderId: number
  readonly from: number
  readonly messages: number
}

/** One zip of a split export. */
export interface PlannedPart {
  readonly slices: readonly PlannedSlice[]
  readonly messages: number
  readonly mailBytes: number
}

/** What a message may take in a zip beside its bytes: its lines in lists and pages, its entry in the directory. */
const besideBytes = 2_000
/** Manifest, checksums, signature, custody and the front page. */
const aroundBytes = 100_000

/**
 * Cuts an export into parts that stay below `limitBytes` each. It counts bytes before compression, so that how many
 * parts there are is known before the first is written, and every part can name the others. A message larger than
 * the limit is a part of its own. Folders are given in order, with the size of each message.
 */
export function planParts(
  folders: Iterable<{ readonly folderId: number; readonly sizes: Iterable<number> }>,
  limitBytes: number,
): readonly PlannedPart[] {
  const parts: PlannedPart[] = []
  const budget = Math.max(1, limitBytes - aroundBytes)
  let part = emptyPart()
  let used = 0
  for (const { folderId, sizes } of folders) {
    let position = 0
    let slice = { folderId, from: 0, messages: 0 }
    const closeSlice = () => {
      if (slice.messages > 0) part.slices.push(slice)
      slice = { folderId, from: position, messages: 0 }
    }
    for (const sizeBytes of sizes) {
      const needed = sizeBytes + besideBytes
      if (part.messages > 0 && used + needed > budget) {
        closeSlice()
        parts.push(part)
        part = emptyPart()
        used = 0
      }
      slice.messages++
      position++
      part.messages++
      part.mailBytes += sizeBytes
      used += needed
    }
    // A chosen folder without messages is named as well: that it is empty is a fact.
    if (position === 0) part.slices.push(slice)
    else closeSlice()
  }
  return [...parts, part]
}

function emptyPart() {
  return { slices: new Array<PlannedSlice>(), messages: 0, mailBytes: 0 }
}

/** `mail.zip`, 2, 3: `mail.2-of-3.zip`; with `.age` at the end where that was there. */
export function partName(file: string, number: number, of: number): string {
  return file.replace(/(\.zip(?:\.age)?)?$/i, (ending) => `.${number}-of-${of}${ending}`)
}

/** The number that a part's file name states; null for a name that is no part's. */
export function parsePartName(
  file: string,
): { readonly stem: string; readonly number: number; readonly of: number; readonly ending: string } | null {
  const match = /^(.*)\.(\d{1,5})-of-(\d{1,5})(\.zip(?:\.age)?)$/is.exec(file)
  if (match === null) return null
  const [, stem = '', number, of, ending = ''] = match
  return { stem, number: Number(number), of: Number(of), ending }
}
