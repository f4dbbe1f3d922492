import { feature } from '../contract/define.ts'

export const ticketsContract = feature('tickets', {}, {})
