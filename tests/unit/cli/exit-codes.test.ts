import { expect, test } from 'vitest'
import type { AppErrorCode } from '../../../core/errors.ts'
import { exitCodeOf } from '../../../main/cli/exit-codes.ts'

test.each<[AppErrorCode, number]>([
  ['usage.invalid', 2],
  ['contract.invalid_input', 2],
  ['contract.unknown_endpoint', 2],
  ['record.not_found', 2],
  ['network.refused', 10],
  ['network.timed_out', 10],
  ['tls.expired', 12],
  ['auth.refused', 16],
  ['secret.missing', 16],
  ['dns.not_found', 20],
  ['imap.throttled', 30],
  ['smtp.refused', 40],
  ['archive.damaged', 50],
  ['bundle.damaged', 50],
  ['db.damaged', 70],
  ['file.not_found', 70],
  ['contract.cancelled', 70],
  ['internal', 70],
])('%s ends the command line with %i', (code, expected) => {
  expect(exitCodeOf(code)).toBe(expected)
})
