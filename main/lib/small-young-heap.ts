import { setFlagsFromString } from 'node:v8'

/**
 * Keeps the young generation of every V8 heap small, of this thread and of those that are started later: it would grow
 * to 48 MB a thread, and mail on its way through (buffers outside of the heap) waits for its next collection. Imported
 * before anything else: what is loaded earlier has its room already. V8's `--optimize-for-size` would save another
 * 20 MB, but then old generations are collected so often that a pull takes 1.6 times the processor (measured).
 */
// The heap of this thread is there already: it is kept from growing. Those of later threads begin with their limit.
setFlagsFromString('--semi-space-growth-factor=1')
setFlagsFromString('--min-semi-space-size=2')
setFlagsFromString('--max-semi-space-size=2')
