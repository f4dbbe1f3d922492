import { expect, test } from 'vitest'
import { serversInAutoconfig } from '../../../core/diagnostics/autoconfig.ts'

test('the servers of an autoconfig file are read, whatever else stands in it', () => {
  const server = (element: string, attributes: string, host: string, port: number) =>
    `<${element} ${attributes}>\n<hostname>${host}</hostname><port>${port}</port></${element}>`
  const xml = [
    '<clientConfig version="1.1"><emailProvider id="x">',
    server('incomingServer', 'type="pop3"', 'pop.x.example', 995),
    server('incomingServer', 'id="a" type="imap"', 'IMAP.x.example', 993),
    server('outgoingServer', "type='smtp'", 'smtp.x.example', 465),
    '</emailProvider></clientConfig>',
  ].join('\n')
  expect(serversInAutoconfig(xml)).toEqual({ imap: ['imap.x.example:993'], smtp: ['smtp.x.example:465'] })
})

test('a file that is built to keep the program busy is done with at once', () => {
  const startedAt = performance.now()
  const files = [
    '<incomingServer type="imap"type="imap"',
    '<incomingServer type="imap">',
    '<incomingServer >',
  ]
  const found = files.map((text) => serversInAutoconfig(text.repeat(64_000 / text.length)))
  const nothing = { imap: [], smtp: [] }
  expect([found, performance.now() - startedAt < 2_000]).toEqual([[nothing, nothing, nothing], true])
})
