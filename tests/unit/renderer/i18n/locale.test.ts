import { expect, test } from 'vitest'
import { localeFor } from '../../../../renderer/i18n/locale.ts'

test('The user’s region is used where they speak our language, else our language without a region.', () => {
  expect([
    localeFor(['nb-NO', 'en-GB', 'en-US'], 'en'),
    localeFor(['nb-NO'], 'en'),
    localeFor([], 'en'),
  ]).toEqual(['en-GB', 'en', 'en'])
})
