import { feature } from '../contract/define.ts'

export const diagnosticsContract = feature('diagnostics', {}, {})
