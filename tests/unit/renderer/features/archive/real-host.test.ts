import { expect, test } from 'vitest'
import { plainSender } from '../../../../../renderer/features/archive/plain-sender.ts'
import { realHost } from '../../../../../renderer/features/archive/real-host.ts'

test('a link in a mail is named by the host that it really leads to, and by nothing else', () => {
  const links = [
    'https://bank.example@evil.example/login',
    ' http://xn--80ak6aa92e.example/ ',
    'mailto:ana@harbour.example?subject=x',
    'javascript:alert(1)',
    'data:text/html,x',
    '/relative',
    '',
  ]
  expect(links.map(realHost)).toEqual([
    'evil.example',
    'xn--80ak6aa92e.example',
    'ana@harbour.example',
    null,
    null,
    null,
    null,
  ])
})

test('a list shows the name of a sender where there is one, else the address', () => {
  const senders = [
    '"Ana Lima" <ana@harbour.example>',
    'Ana Lima <a@b.example>',
    '"Security <team@bank.example>" <a@evil.example>',
    '<a@b.example>',
    'a@b.example',
    'نور <n@b.example>',
  ]
  expect(senders.map(plainSender)).toEqual([
    'Ana Lima',
    'Ana Lima',
    'Security <team@bank.example>',
    'a@b.example',
    'a@b.example',
    'نور',
  ])
})
