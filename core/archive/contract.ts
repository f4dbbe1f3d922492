import { feature } from '../contract/define.ts'

export const archiveContract = feature('archive', {}, {})
