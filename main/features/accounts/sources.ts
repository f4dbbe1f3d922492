import { domainOf } from '../../../core/accounts/fold-text.ts'
import { findProvider } from '../../../core/accounts/providers.ts'
import type { Candidate } from '../../../core/accounts/rank.ts'
import type { DiscoverySource } from '../../../core/accounts/discovery.ts'
import type { MailServer, NetworkProfile } from '../../../core/accounts/types.ts'
import type { Board } from './board.ts'
import type { DiscoveryPorts, FoundSettings, NamedHost, RecordsAnswer } from './ports.ts'

/** One discovery: for whom, by which network, whom to ask and where to write it down. */
export interface Search {
  readonly email: string
  readonly network: NetworkProfile
  readonly board: Board
  readonly ports: DiscoveryPorts
}

const unchecked = { state: 'unchecked', answer: '' } as const

/** The provider's own file, where Thunderbird looks for it. Over plain http the address is not sent along. */
export async function askAutoconfig(about: Search): Promise<void> {
  const domain = domainOf(about.email)
  const address = encodeURIComponent(about.email)
  await Promise.all(
    [
      `https://autoconfig.${domain}/mail/config-v1.1.xml?emailaddress=${address}`,
      `https://${domain}/.well-known/autoconfig/mail/config-v1.1.xml`,
      `http://autoconfig.${domain}/mail/config-v1.1.xml`,
      `http://${domain}/.well-known/autoconfig/mail/config-v1.1.xml`,
    ].map((url) => askAutoconfigAt(about, 'autoconfig', url, url.startsWith('https:'))),
  )
}

async function askAutoconfigAt(
  about: Search,
  source: DiscoverySource,
  url: string,
  authentic: boolean,
): Promise<void> {
  const asked = `GET ${url}`
  const answer = await about.board.ask({
    source,
    asked,
    authentic: url.startsWith('https:'),
    ask: (signal) => about.ports.readAutoconfig(url, about.email, about.network, signal),
  })
  propose(about, source, asked, answer?.settings ?? [], authentic)
}

/** RFC 6186 and RFC 8314: implicit TLS is preferred to STARTTLS. */
export async function askServiceRecords(about: Search): Promise<void> {
  const [imaps, imap, submissions, submission] = await Promise.all([
    askSrv(about, '_imaps'),
    askSrv(about, '_imap'),
    askSrv(about, '_submissions'),
    askSrv(about, '_submission'),
  ])
  const imapServers = [...serversOf(imaps, 'tls'), ...serversOf(imap, 'starttls')]
  const [smtp = null] = [...serversOf(submissions, 'tls'), ...serversOf(submission, 'starttls')]
  const found = imapServers.map((server) => settingsOf(about.email, server, smtp))
  propose(
    about,
    'srv',
    `SRV ${imaps.length > 0 ? '_imaps' : '_imap'}._tcp.${domainOf(about.email)}`,
    found,
    false,
  )
}

async function askSrv(about: Search, service: string): Promise<readonly NamedHost[]> {
  const name = `${service}._tcp.${domainOf(about.email)}`
  const answer = await about.board.ask({
    source: 'srv',
    asked: `SRV ${name}`,
    authentic: false,
    ask: async (signal): Promise<RecordsAnswer<NamedHost>> => {
      const found = await about.ports.srv(name, about.network, signal)
      // RFC 2782: a target of "." means that the service is decidedly not offered.
      if (found.outcome === 'found' && found.records.every(({ host }) => host === '' || host === '.'))
        return { outcome: 'nothing', records: [], answer: 'The domain says that it does not offer this.' }
      return found
    },
  })
  return answer?.records ?? []
}

function serversOf(records: readonly NamedHost[], security: 'tls' | 'starttls'): readonly MailServer[] {
  return records.slice(0, 2).map(({ host, port }) => ({ host, port, security }))
}

/** Autodiscover's places, without a password: a server that wants one first is left alone. */
export async function askAutodiscover(about: Search): Promise<void> {
  const domain = domainOf(about.email)
  const path = '/autodiscover/autodiscover.xml'
  const askAt = async (url: string, authentic: boolean) => {
    const asked = `POST ${url}`
    const answer = await about.board.ask({
      source: 'autodiscover',
      asked,
      authentic: true,
      ask: (signal) => about.ports.readAutodiscover(url, about.email, about.network, signal),
    })
    propose(about, 'autodiscover', asked, answer?.settings ?? [], authentic)
  }
  const bySrv = async () => {
    const [target] = await askSrv(about, '_autodiscover')
    if (target !== undefined)
      await askAt(`https://${target.host}:${target.port}${path}`, isOwn(about, target.host))
  }
  await Promise.all([
    askAt(`https://autodiscover.${domain}${path}`, true),
    askAt(`https://${domain}${path}`, true),
    bySrv(),
  ])
}

/** Who takes the domain's mail is often who keeps it: a known provider, or one that publishes its settings. */
export async function askKnownProvider(about: Search): Promise<void> {
  const domain = domainOf(about.email)
  const asked = `MX ${domain}`
  const answer = await about.board.ask({
    source: 'mx',
    asked,
    authentic: false,
    ask: (signal) => about.ports.mx(domain, about.network, signal),
  })
  const hosts = (answer?.records ?? []).map(({ host }) => host)
  const known = findProvider(hosts)
  if (known !== null) await proposeProvider(about, asked, known)
  const carrier = hosts[0] === undefined ? null : about.ports.registeredDomain(hosts[0])
  if (carrier === null || carrier === about.ports.registeredDomain(domain)) return
  const address = encodeURIComponent(about.email)
  await askAutoconfigAt(
    about,
    'mx',
    `https://autoconfig.${carrier}/mail/config-v1.1.xml?emailaddress=${address}`,
    false,
  )
}

async function proposeProvider(
  about: Search,
  asked: string,
  known: NonNullable<ReturnType<typeof findProvider>>,
): Promise<void> {
  const { imap, smtp, name, note, signIn } = known
  const answer = `The mail of this domain goes to ${name}. ${note}`.trim()
  await about.board.ask({
    source: 'mx',
    asked: `The list of known providers`,
    authentic: true,
    ask: () =>
      Promise.resolve({ outcome: imap === null ? ('nothing' as const) : ('found' as const), answer }),
  })
  if (imap === null) return
  const settings = { ...settingsOf(about.email, imap, smtp), provider: name, signIn }
  propose(about, 'mx', asked, [settings], true)
}

/** The usual names. TLS from the first byte before STARTTLS, `imap.` before `mail.` before the domain itself. */
export async function guessServers(about: Search): Promise<void> {
  const domain = domainOf(about.email)
  const [imap, smtp] = await Promise.all([
    meetAll(about, 'imap', [`imap.${domain}`, `mail.${domain}`, domain], [993, 143]),
    meetAll(about, 'smtp', [`smtp.${domain}`, `mail.${domain}`, domain], [465, 587]),
  ])
  const found = imap.map((server) => settingsOf(about.email, server, smtp[0] ?? null))
  propose(about, 'guess', 'Usual server names', found, true)
}

/** The servers that were met, those with a valid certificate first. */
async function meetAll(
  { board }: Search,
  protocol: 'imap' | 'smtp',
  hosts: readonly string[],
  [tlsPort, starttlsPort]: readonly [number, number],
): Promise<readonly MailServer[]> {
  const servers: readonly MailServer[] = [
    ...hosts.map((host) => ({ host, port: tlsPort, security: 'tls' as const })),
    ...hosts.map((host) => ({ host, port: starttlsPort, security: 'starttls' as const })),
  ]
  const met = await Promise.all(
    servers.map(async (server) => ({ server, check: await board.meet('guess', protocol, server) })),
  )
  const of = (state: 'answered' | 'untrusted') =>
    met.filter(({ check }) => check.state === state).map(({ server }) => server)
  return [...of('answered'), ...of('untrusted')]
}

function settingsOf(email: string, imap: MailServer, smtp: MailServer | null): FoundSettings {
  return { provider: null, imap, smtp, username: email, signIn: 'password' }
}

function propose(
  about: Search,
  source: DiscoverySource,
  from: string,
  found: readonly FoundSettings[],
  authentic: boolean,
): void {
  about.board.propose(
    found.map((settings): Candidate => {
      const hosts = [settings.imap.host, ...(settings.smtp === null ? [] : [settings.smtp.host])]
      const own = hosts.every((host) => isOwn(about, host))
      return {
        ...settings,
        source,
        from,
        authentic: authentic || own,
        imapCheck: unchecked,
        smtpCheck: unchecked,
      }
    }),
  )
}

/** Whether a host belongs to whoever registered the domain of the address. */
function isOwn({ ports, email }: Search, host: string): boolean {
  const own = ports.registeredDomain(domainOf(email))
  return own !== null && ports.registeredDomain(host) === own
}
