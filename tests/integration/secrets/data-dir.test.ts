import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { composeDesk } from '../../../main/compose.ts'
import { silentLogger } from '../../../main/lib/logger.ts'
import { memoryKeychain } from '../../helpers/keychains.ts'

test.skipIf(process.platform === 'win32')('a desk’s data can be read by its user only', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'desk-own-'))
  const dataDir = join(parent, 'deep', 'desk')
  const keychain = memoryKeychain()
  const desk = await composeDesk({ dataDir, version: '0', role: 'visitor', logger: silentLogger, keychain })
  await desk.dispose()
  const mode = statSync(dataDir).mode & 0o777
  rmSync(parent, { recursive: true })
  expect(mode.toString(8)).toBe('700')
})
