import { feature } from '../contract/define.ts'

export const accountsContract = feature('accounts', {}, {})
