/**
 * The locale for dates, numbers and plurals: the user's own region where they speak the language of our sentences,
 * so that "in 2 hr." does not stand in a sentence of another language.
 */
export function localeFor(languages: readonly string[], written: string): string {
  return languages.find((language) => language.split('-')[0] === written) ?? written
}

/** The language in which the strings of this folder are written. */
export const writtenLanguage = 'en'

/** The locale of this window. */
export const userLocale = localeFor(navigator.languages, writtenLanguage)
