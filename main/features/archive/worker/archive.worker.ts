import { parentPort } from 'node:worker_threads'
import { dropAllKeys } from '../keys/ring.ts'
import { createArchiveFunctions } from './functions.ts'
import { serveThread } from './thread.ts'

/** A thread that works on archives. Started by `startThread`; nothing imports this file. */
if (parentPort === null) throw new Error('archive.worker.ts runs as a worker thread')
serveThread(parentPort, createArchiveFunctions())
// Keys are overwritten when the thread ends; one that is terminated takes its memory along.
parentPort.on('close', dropAllKeys)
