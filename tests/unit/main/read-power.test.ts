import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPower } from '../../../main/protocols/power/read-power.ts'
import type { PowerSources } from '../../../main/protocols/power/read-power.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-power-'))
})
afterAll(() => rm(folder, { recursive: true }))

const alone = { lo: [{ internal: true }] } as unknown as ReturnType<PowerSources['interfaces']>
const wired = { eth0: [{ internal: false }] } as unknown as ReturnType<PowerSources['interfaces']>
const nothing: PowerSources = {
  ...{ platform: 'linux', run: () => Promise.resolve(null), suppliesDir: 'nowhere', interfaces: () => wired },
}

/** Writes what Linux tells of power supplies. */
async function supplies(name: string, all: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  for (const [supply, facts] of Object.entries(all)) {
    await mkdir(join(folder, name, supply), { recursive: true })
    for (const [file, text] of Object.entries(facts))
      await writeFile(join(folder, name, supply, file), `${text}\n`)
  }
  return join(folder, name)
}

describe('what the computer tells of its power and network', () => {
  test('is unknown where it tells nothing', async () => {
    expect(await readPower(nothing)).toEqual({ onBattery: null, metered: null, online: null })
  })

  test('on Linux comes from the kernel; the battery of a mouse is not the computer’s', async () => {
    const laptop = { AC: { type: 'Mains', online: '0' }, BAT0: { type: 'Battery', status: 'Discharging' } }
    const mouse = { hid: { type: 'Battery', status: 'Discharging', scope: 'Device' } }
    const told = async (suppliesDir: string) => (await readPower({ ...nothing, suppliesDir })).onBattery
    expect([
      await told(await supplies('laptop', laptop)),
      await told(await supplies('charging', { ...laptop, AC: { type: 'Mains', online: '1' } })),
      await told(await supplies('desktop', mouse)),
    ]).toEqual([true, false, false])
  })

  test('on Linux a network is metered when NetworkManager says so of a device that is connected', async () => {
    const device = (state: string, metered: string) => `GENERAL.STATE:${state}\nGENERAL.METERED:${metered}\n`
    const told = async (text: string) =>
      (await readPower({ ...nothing, run: () => Promise.resolve(text) })).metered
    expect([
      await told(`${device('100 (connected)', 'no (guessed)')}\n${device('30 (disconnected)', 'yes')}`),
      await told(`${device('100 (connected)', 'no')}\n${device('100 (connected)', 'yes (guessed)')}`),
      await told(device('100 (connected)', 'unknown')),
    ]).toEqual([false, true, null])
  })

  test('on macOS and Windows comes from their own programs', async () => {
    const mac: PowerSources = {
      ...nothing,
      platform: 'darwin',
      run: () => Promise.resolve("Now drawing from 'Battery Power'"),
    }
    const windows: PowerSources = {
      ...{ ...nothing, platform: 'win32' },
      run: (_, args) =>
        Promise.resolve(args.at(-1)?.includes('PowerStatus') === true ? 'Online\r\n' : 'Fixed\r\n'),
    }
    expect([await readPower(mac), await readPower(windows)]).toEqual([
      { onBattery: true, metered: null, online: null },
      { onBattery: false, metered: true, online: null },
    ])
  })

  test('says that there is no network only when no interface has an address', async () => {
    expect((await readPower({ ...nothing, interfaces: () => alone })).online).toBe(false)
  })
})
