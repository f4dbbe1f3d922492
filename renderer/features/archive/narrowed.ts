/** A question with one more condition, that is finished; one that it has already is not added again. */
export function narrowed(text: string, term: string): string {
  const trimmed = text.trim()
  if (` ${trimmed} `.includes(` ${term} `)) return `${trimmed} `
  // An OR at the top would take the condition to one of its sides only.
  const before = /(?:^|\s)OR(?:\s|$)/.test(trimmed) ? `(${trimmed})` : trimmed
  return `${before} ${term} `
}
