import type { DiagnosisSubject } from '../../../core/diagnostics/types.ts'
import type { ControlTargets } from './ports.ts'

/** Public places by which the network is told from the mail system; each is run to be found by everyone. */
export const internetControls: ControlTargets = {
  dnsNames: ['dns.google', 'one.one.one.one', 'example.com'],
  pages: [
    { url: 'http://detectportal.firefox.com/success.txt', status: 200, contains: 'success' },
    { url: 'http://connectivitycheck.gstatic.com/generate_204', status: 204, contains: '' },
  ],
  listeners: [
    { host: 'imap.gmail.com', ports: [993] },
    { host: 'smtp.gmail.com', ports: [465, 587] },
    { host: 'outlook.office365.com', ports: [143, 993] },
    { host: 'gmail-smtp-in.l.google.com', ports: [25] },
  ],
}

/** A mailbox whose servers are all on this computer (the practice company) has nothing to do with the internet. */
export function controlsFor(subject: DiagnosisSubject): ControlTargets | null {
  const hosts = [subject.imap?.host, subject.smtp?.host].filter((host) => host !== undefined)
  const local = subject.network.dnsServers.length > 0 ? subject.network.dnsServers : hosts
  return local.length > 0 && local.every(isLoopback) ? null : internetControls
}

function isLoopback(host: string): boolean {
  return /^(127(\.\d{1,3}){3}(:\d+)?|localhost|::1|\[::1\](:\d+)?)$/i.test(host)
}
