import type { Fault } from '../fault.ts'
import { autoconfigFaults, domainFaults, roundTripFaults } from './delivery.ts'
import { healthySetups } from './healthy.ts'
import { mailboxFaults } from './mailbox.ts'
import { networkFaults, networkHealthySetups } from './network.ts'
import { reachFaults } from './reach.ts'
import { realFaults, realHealthySetups } from './real.ts'
import { signInFaults } from './sign-in.ts'
import { sendingFaults, submissionFaults } from './smtp.ts'
import { tlsFaults } from './tls.ts'

/** The whole lab, from the ground up, and then what must be found healthy. */
export const faults: readonly Fault[] = [
  ...networkFaults,
  ...reachFaults,
  ...tlsFaults,
  ...signInFaults,
  ...mailboxFaults,
  ...submissionFaults,
  ...sendingFaults,
  ...domainFaults,
  ...autoconfigFaults,
  ...roundTripFaults,
  ...realFaults,
  ...healthySetups,
  ...networkHealthySetups,
  ...realHealthySetups,
]
