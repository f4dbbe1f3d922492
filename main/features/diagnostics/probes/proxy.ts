import type { Probe } from '../probe.ts'

/** Whether a proxy is set for the web; mail does not go through it, but it tells what kind of network this is. */
export const proxyProbe: Probe = {
  probeId: 'network.proxy',
  group: 'network',
  title: 'Proxy',
  needs: [],
  essential: false,
  run: ({ ports }) => {
    const proxies = ports.proxies()
    return Promise.resolve([
      proxies.length === 0
        ? { status: 'pass', evidence: 'No proxy is set' }
        : // That one is set is no fault; it becomes interesting when connections fail, and is then in the report.
          {
            status: 'pass',
            evidence: `The web goes through ${proxies.join(', ')}; mail does not`,
            facts: { proxy: [...proxies] },
          },
    ])
  },
}
