import type { Probe } from '../probe.ts'
import { appendProbe } from './append.ts'
import { autoconfigProbe } from './autoconfig.ts'
import { captivePortalProbe } from './captive-portal.ts'
import { clockProbe } from './clock.ts'
import { controlDnsProbe } from './control-dns.ts'
import { familiesProbe } from './families.ts'
import { foldersProbe } from './folders.ts'
import { greetingProbe } from './greeting.ts'
import { hostProbe } from './host.ts'
import { idleProbe } from './idle.ts'
import { imapSignInProbe } from './imap-sign-in.ts'
import { inboxProbe } from './inbox.ts'
import { mxProbe } from './mx.ts'
import { namespacesProbe } from './namespaces.ts'
import { portsProbe } from './ports.ts'
import { proxyProbe } from './proxy.ts'
import { quotaProbe } from './quota.ts'
import { reachProbe } from './reach.ts'
import { roundTripProbe } from './round-trip.ts'
import { smtpEnvelopeProbe } from './smtp-envelope.ts'
import { smtpSignInProbe } from './smtp-sign-in.ts'
import { srvProbe } from './srv.ts'
import { tlsProbe } from './tls.ts'

/** The ladder, from the ground up. A new probe is one file here and one line in this list. */
export const probes: readonly Probe[] = [
  controlDnsProbe,
  captivePortalProbe,
  clockProbe,
  proxyProbe,
  portsProbe,
  familiesProbe,
  mxProbe,
  srvProbe,
  autoconfigProbe,
  hostProbe('imap'),
  hostProbe('smtp'),
  reachProbe('imap'),
  reachProbe('smtp'),
  tlsProbe('imap'),
  tlsProbe('smtp'),
  greetingProbe('imap'),
  imapSignInProbe,
  namespacesProbe,
  foldersProbe,
  inboxProbe,
  quotaProbe,
  idleProbe,
  appendProbe,
  greetingProbe('smtp'),
  smtpSignInProbe,
  smtpEnvelopeProbe,
  roundTripProbe,
]
