/** Care for mailboxes in the database: scans, plans, runs with their journal, and mail recovered from junk. */
export { getCareScan, listCareScans, listCareUse, putCareScan } from './care-scans.ts'
export { getCarePlan, listCarePlans, putCarePlan, removeCarePlan } from './care-plans.ts'
export {
  addCareRun,
  countOpenCareItems,
  getCareRun,
  interruptCareItems,
  listCareRuns,
  setCareItem,
  setCareRunJob,
} from './care-runs.ts'
export { listCareMessages, noteCareMessages, putCareMessages } from './care-journal.ts'
export {
  getJunkLook,
  getRecovery,
  listRecovered,
  listRecoveries,
  putJunkLook,
  putRecoveries,
} from './care-junk.ts'
