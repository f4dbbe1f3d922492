import { notApplicable } from '../probe.ts'
import type { Probe } from '../probe.ts'

/** For probes that compare with the internet: not where all servers are on this computer. */
export const withControls: NonNullable<Probe['applies']> = ({ controls }) =>
  controls === null
    ? notApplicable('The mail servers are on this computer; the internet has no part in it')
    : null
