import './lib/small-young-heap.ts'
import { app } from 'electron'
import { composeDesk } from './compose.ts'
import { version } from './lib/version.ts'
import { startShell } from './shell/index.ts'

/** Electron's entry: the desk and the shell around it, nothing else. */
void startShell(app, (dataDir) => composeDesk({ dataDir, version, role: 'host' }))
