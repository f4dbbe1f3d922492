import type { Signing } from '../../signing/index.ts'
import type { ArchiveRegistry } from '../registry.ts'
import type { RunsDeps } from '../runs.ts'

/** What safety is built from. */
export interface SafetyDeps extends RunsDeps {
  readonly registry: ArchiveRegistry
  readonly signing: Pick<Signing, 'sign'>
}
