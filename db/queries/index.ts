/** Every query by feature; `db/client.ts` makes the asynchronous client from it. */
export * as accounts from './accounts.ts'
export * as archive from './archive.ts'
export * as diagnostics from './diagnostics.ts'
export * as jobs from './jobs.ts'
export * as practice from './practice.ts'
export * as settings from './settings.ts'
export * as tickets from './tickets.ts'
