/** Crockford's base 32: no I, L, O or U, so that it can be read out over the phone. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * Three characters that stand for one machine's desk. Each desk counts its own tickets, so two machines that
 * work offline and merge later do not give the same number; the code makes the numbers of one desk differ
 * from another's (one chance in 32,768 that two desks share it: then both tickets are found by the number, as
 * it is a name for people and never an identity).
 */
export function deskCode(machineId: string): string {
  let hash = 0x811c9dc5
  for (const character of machineId)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  const bits = (hash ^ (hash >>> 15)) & 0x7fff
  return [10, 5, 0].map((shift) => alphabet[(bits >>> shift) & 31]).join('')
}

/** `K7F-1042`: the desk's code and its count. It never changes once it was given. */
export function ticketNumber(machineId: string, sequence: number): string {
  return `${deskCode(machineId)}-${sequence}`
}

/** The count in a number, or null when it is not one. */
export function sequenceOf(number: string): number | null {
  const match = /^[0-9A-HJKMNP-TV-Z]{3}-(\d{1,12})$/.exec(number)
  return match?.[1] === undefined ? null : Number(match[1])
}
