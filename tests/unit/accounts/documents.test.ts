import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mailServer } from '../../../core/accounts/types.ts'
import { readAutoconfigDocument } from '../../../main/protocols/autoconfig/read-autoconfig.ts'
import {
  readAutodiscoverDocument,
  writeAutodiscoverRequest,
} from '../../../main/protocols/autoconfig/read-autodiscover.ts'
import { maxXmlBytes, readXml } from '../../../main/protocols/autoconfig/xml.ts'

const email = 'ana.lima@harbour.example'

const server = (type: string, host: string, port: number, socket: string, more = '') =>
  `<${type === 'smtp' ? 'outgoing' : 'incoming'}Server type="${type}"><hostname>${host}</hostname>
   <port>${port}</port><socketType>${socket}</socketType>${more}</${type === 'smtp' ? 'outgoing' : 'incoming'}Server>`

const autoconfig = (servers: string) =>
  `<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="harbour.example">
   <domain>harbour.example</domain><displayName>Harbour &amp; Sons</displayName>${servers}</emailProvider></clientConfig>`

describe('a configuration file of Thunderbird’s format', () => {
  it('gives every IMAP server in the provider’s order, with the server for sending', () => {
    const answer = readAutoconfigDocument(
      autoconfig(
        server('pop3', 'pop.harbour.example', 995, 'SSL') +
          server('imap', 'imap.%EMAILDOMAIN%', 993, 'SSL', '<username>%EMAILLOCALPART%</username>') +
          server('imap', 'imap.harbour.example', 143, 'STARTTLS', '<username>%EMAILADDRESS%</username>') +
          server('smtp', 'smtp.harbour.example', 587, 'STARTTLS'),
      ),
      email,
    )
    const smtp = { host: 'smtp.harbour.example', port: 587, security: 'starttls' }
    const common = { provider: 'Harbour & Sons', smtp, signIn: 'password' }
    expect(answer).toEqual({
      outcome: 'found',
      answer: 'Harbour & Sons names imap.harbour.example, imap.harbour.example.',
      settings: [
        {
          ...common,
          imap: { host: 'imap.harbour.example', port: 993, security: 'tls' },
          username: 'ana.lima',
        },
        {
          ...common,
          imap: { host: 'imap.harbour.example', port: 143, security: 'starttls' },
          username: email,
        },
      ],
    })
  })

  it.each([
    ['<authentication>OAuth2</authentication>', 'xoauth2'],
    [
      '<authentication>OAuth2</authentication><authentication>password-cleartext</authentication>',
      'password',
    ],
    ['', 'password'],
  ])('with the sign-in %j means %s', (methods, signIn) => {
    const { settings } = readAutoconfigDocument(
      autoconfig(server('imap', 'i.example', 993, 'SSL', methods)),
      email,
    )
    expect(settings.map((one) => one.signIn)).toEqual([signIn])
  })

  it.each([
    ['only POP3', autoconfig(server('pop3', 'pop.harbour.example', 995, 'SSL'))],
    ['a port that is none', autoconfig(server('imap', 'i.example', 99_999, 'SSL'))],
    ['an encryption that nobody knows', autoconfig(server('imap', 'i.example', 993, 'rot13'))],
    ['a host that is none', autoconfig(server('imap', 'i.example/../x', 993, 'SSL'))],
    ['a host with a line break', autoconfig(server('imap', 'i.example\r\nX: y', 993, 'SSL'))],
    ['a web page', '<!doctype html><html><body>Welcome</body></html>'],
    ['nothing', ''],
    ['a wrong root', '<other/>'],
  ])('with %s gives no settings', (_, document) => {
    expect(readAutoconfigDocument(document, email).settings).toEqual([])
  })
})

describe('an Autodiscover answer', () => {
  const answerOf = (account: string) =>
    `<?xml version="1.0"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006">
     <Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a">
     <Account>${account}</Account></Response></Autodiscover>`
  const protocol = (type: string, fields: string) => `<Protocol><Type>${type}</Type>${fields}</Protocol>`

  it('gives IMAP and SMTP, whichever way encryption is written', () => {
    const { settings } = readAutodiscoverDocument(
      answerOf(
        protocol(
          'IMAP',
          '<Server>i.example</Server><Port>993</Port><SSL>on</SSL><LoginName>ana</LoginName>',
        ) +
          protocol('IMAP', '<Server>i.example</Server><Port>143</Port><Encryption>TLS</Encryption>') +
          protocol('IMAP', '<Server>i.example</Server><Port>143</Port><SSL>off</SSL>') +
          protocol('SMTP', '<Server>s.example</Server><Port>587</Port><SSL>on</SSL>'),
      ),
      email,
    )
    const smtp = { host: 's.example', port: 587, security: 'starttls' }
    const common = { provider: null, smtp, signIn: 'password' }
    expect(settings).toEqual([
      { ...common, imap: { host: 'i.example', port: 993, security: 'tls' }, username: 'ana' },
      { ...common, imap: { host: 'i.example', port: 143, security: 'starttls' }, username: email },
      { ...common, imap: { host: 'i.example', port: 143, security: 'none' }, username: email },
    ])
  })

  it('says where else to ask, and what it has instead of IMAP', () => {
    const seen = [
      answerOf('<Action>redirectUrl</Action><RedirectUrl>https://a.example/x</RedirectUrl>'),
      answerOf('<RedirectAddr>ana@other.example</RedirectAddr>'),
      answerOf(protocol('EXCH', '<Server>e</Server>')),
    ].map((document) => {
      const { answer, redirectUrl } = readAutodiscoverDocument(document, email)
      return [answer, redirectUrl]
    })
    expect(seen).toEqual([
      ['It sends on to https://a.example/x.', 'https://a.example/x'],
      ['It says that the mailbox is ana@other.example.', null],
      ['It names no IMAP server, only EXCH.', null],
    ])
  })

  it('is asked for by a document that says the address, whatever it is made of', () => {
    const address = fc.oneof(
      fc.emailAddress(),
      fc.constantFrom(`"<a&b>'"@x.example`, '&amp;@x.example', 'ü@x.example'),
    )
    fc.assert(
      fc.property(address, (given) => {
        const asked = readXml(writeAutodiscoverRequest(given))
        expect(asked?.at('Autodiscover', 'Request', 'EMailAddress').text).toBe(given)
      }),
    )
  })
})

describe('a document from a stranger', () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><clientConfig>&b;</clientConfig>`
  const reads = `<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]><clientConfig>&file;</clientConfig>`
  it.each([
    ['entities of its own', bomb],
    ['an entity for a file', reads],
    ['more bytes than any configuration', `<clientConfig>${'x'.repeat(maxXmlBytes)}</clientConfig>`],
    ['a deep nest', '<a>'.repeat(5000) + '</a>'.repeat(5000)],
  ])('with %s is not read', (_, document) => {
    expect(readXml(document)).toBeNull()
  })

  it('cannot reach the program’s own objects', () => {
    const hostile = readXml('<a><__proto__><polluted>1</polluted></__proto__></a>')
    const odd = readXml('<a><b>1</b></a>')
    const plain: Record<string, unknown> = {}
    expect([
      hostile,
      plain['polluted'],
      odd?.at('a', 'toString').text,
      odd?.at('constructor', 'name').text,
    ]).toEqual([null, undefined, '', ''])
  })

  it('never throws, and never gives a server that the contract would not take', () => {
    const word = fc.constantFrom(
      ...[
        '<clientConfig>',
        '<emailProvider>',
        '<incomingServer type="imap">',
        '<hostname>',
        '<port>',
        '</port>',
      ],
      ...[
        '</hostname>',
        '<socketType>SSL',
        '</socketType>',
        '</incomingServer>',
        'imap.example',
        '993',
        '-1',
        '&lt;',
      ],
      ...[
        '<![CDATA[',
        ']]>',
        '<!--',
        '-->',
        '\u0000',
        '<__proto__>',
        '%EMAILADDRESS%',
        '<Protocol><Type>IMAP</Type>',
      ],
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string())), (words) => {
        const document = words.join('')
        const found = [readAutoconfigDocument(document, email), readAutodiscoverDocument(document, email)]
        const servers = found.flatMap(({ settings }) =>
          settings.flatMap(({ imap, smtp }) => [imap, smtp ?? imap]),
        )
        expect(servers.every((one) => mailServer.safeParse(one).success)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('in which a host name may be anything gives only names', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (host) => {
        const text = host.replace(/[<&]/g, '')
        const { settings } = readAutoconfigDocument(autoconfig(server('imap', text, 993, 'SSL')), email)
        expect(settings.every(({ imap }) => !/[\s/@:?#%\\]/.test(imap.host))).toBe(true)
      }),
    )
  })
})
