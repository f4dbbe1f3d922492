import { describe, inject } from 'vitest'
import type { LabFacts } from './lab.ts'
import type { ServerName } from './servers/binaries.ts'

type ReadyLab<N extends ServerName> = LabFacts & {
  readonly [K in Parts[N]]: NonNullable<LabFacts[K]>
}
type Parts = { dovecot: 'imap'; postfix: 'smtp'; knot: 'dns' }

/**
 * A suite that needs real servers. Where one is missing the whole suite is skipped and its title says which
 * package would run it; with CI=true the run has already failed before it comes here.
 */
export function describeWith<N extends ServerName>(
  needed: readonly N[],
  title: string,
  body: (lab: ReadyLab<N>) => void,
): void {
  const lab = inject('lab')
  const reasons = needed.flatMap((name) => lab.missing[name] ?? [])
  if (reasons.length > 0)
    describe.skip(`${title} (skipped: ${reasons.join(' ')})`, () => body(lab as ReadyLab<N>))
  else describe(title, () => body(lab as ReadyLab<N>))
}
