import { feature } from '../contract/define.ts'

export const practiceContract = feature('practice', {}, {})
