import { parentPort } from 'node:worker_threads'
import { serveThread } from '../worker/thread.ts'
import { extractFunctions } from './extract-functions.ts'

/** A thread that takes attachments apart. Started by `startExtractThread`; nothing imports this file. */
if (parentPort === null) throw new Error('extract.worker.ts runs as a worker thread')
serveThread(parentPort, extractFunctions)
