import type { Probe, Sighting } from '../probe.ts'
import { notApplicable } from '../probe.ts'
import { withControls } from './with-controls.ts'

/** Whether DNS answers at all, asked about names that always exist. */
export const controlDnsProbe: Probe = {
  probeId: 'network.dns',
  group: 'network',
  title: 'DNS answers',
  needs: [],
  essential: false,
  applies: withControls,
  run: async ({ controls, dns, signal }): Promise<readonly Sighting[]> => {
    const names = controls?.dnsNames ?? []
    if (names.length === 0) return [notApplicable('No control names are set')]
    const answers = await Promise.all(names.map((name) => dns.addresses(name, signal)))
    const answered = answers.filter((answer) => answer.kind === 'records').length
    const facts = { control: true, reached: answered > 0, names: [...names], servers: [...dns.servers] }
    if (answered > 0)
      return [{ status: 'pass', evidence: `${answered} of ${names.length} control names found`, facts }]
    const kinds = [...new Set(answers.map((answer) => ('text' in answer ? answer.text : answer.kind)))].join(
      ', ',
    )
    // Why is seen only together with the mail servers: a network without internet may still have mail.
    return [{ status: 'unknown', evidence: `None of the control names was found (${kinds})`, facts }]
  },
}
