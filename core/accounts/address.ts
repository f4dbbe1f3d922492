/**
 * An e-mail address that mail can be found for: anything before the @, a host name after it. A domain with a
 * slash, a colon or a bracket would lead questions somewhere else than to the domain.
 */
export const emailPattern = /^[^\s@]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,251}[\p{L}\p{N}])?$/u
