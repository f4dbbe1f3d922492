import { expect, test } from 'vitest'
import { harmless } from '../../../main/cli/cli.ts'

test('what servers and senders wrote cannot command a terminal', () => {
  const folder = 'Inbox\u001b]0;owned\u0007\u001b[2J\u009b31m\rSafe\tto read\nüñ'
  expect(harmless(folder)).toBe('Inbox·]0;owned··[2J·31m·Safe\tto read\nüñ')
})
