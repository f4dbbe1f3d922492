import { finds, healthy, scripted, type Fault } from '../fault.ts'
import { inDays } from '../kit/certificates.ts'
import { speakHttp } from '../kit/acts.ts'
import { around, blockingImap, noConnection } from '../kit/surroundings.ts'

const signInPage = around({ page: '302 Found\r\nLocation: http://login.hotel.example/' })

/** The computer and its network, with a world around the mail system to compare it with. */
export const networkFaults: readonly Fault[] = [
  scripted(
    'The hotel’s network wants its sign-in page first, and drops mail',
    { surroundings: signInPage, imap: { port: 'filtered' }, smtp: { port: 'filtered' } },
    finds('network.captive_portal', 'network'),
  ),
  scripted(
    'The hotel’s network answers the mail ports with its sign-in page',
    { surroundings: signInPage, imap: { onConnect: speakHttp }, smtp: { onConnect: speakHttp } },
    finds('network.captive_portal', 'network'),
  ),
  scripted(
    'The clock of this computer is a month ahead, so that certificates look expired',
    {
      surroundings: around({ pageDate: inDays(-30) }),
      imap: { certificate: 'expired' },
      smtp: { certificate: 'expired' },
    },
    finds('device.clock_skew', 'device'),
  ),
  scripted(
    'This network blocks the IMAP port for every server',
    { surroundings: blockingImap, imap: { port: 'filtered' } },
    finds('network.port_blocked', 'network'),
  ),
  scripted(
    'This computer has no connection at all',
    { surroundings: noConnection, zone: ['* * !SILENCE'] },
    finds('network.offline', 'network'),
  ),
  scripted(
    'This computer has no connection, and remembers the addresses',
    { surroundings: noConnection, imap: { port: 'filtered' }, smtp: { port: 'filtered' } },
    finds('network.offline', 'network'),
  ),
  scripted(
    'The DNS server of this network is down, and the rest works',
    { surroundings: around({}), zone: ['* * !SILENCE'] },
    finds('dns.no_answers', 'network'),
  ),
]

/** The same surroundings in order. */
export const networkHealthySetups: readonly Fault[] = [
  scripted('A network where the controls answer', { surroundings: around({}) }, healthy),
]
