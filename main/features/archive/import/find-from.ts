import type { FindFrom } from '../../../../core/archive/mboxrd.ts'
import { asBuffer } from '../store/frame.ts'

const fromWord = Buffer.from('From ')

/** Node's own search, many times faster than the portable one. */
export const findFromFast: FindFrom = (bytes, start) => asBuffer(bytes).indexOf(fromWord, start)
