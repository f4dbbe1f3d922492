import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import type { PowerState } from '../../../core/schedules/types.ts'

/** Runs a program of the operating system and gives what it printed; null when it is not there or fails. */
export type RunProgram = (file: string, args: readonly string[]) => Promise<string | null>

/** What reading the power takes from the computer; given by tests. */
export interface PowerSources {
  readonly platform: NodeJS.Platform
  readonly run: RunProgram
  /** Linux: where the kernel tells of power supplies (kernel.org, ABI/testing/sysfs-class-power). */
  readonly suppliesDir: string
  readonly interfaces: typeof networkInterfaces
}

const patienceMs = 4_000
const freshMs = 60_000

/** What this computer tells of battery and network. Programs are asked at most once a minute. */
export function createReadPower(
  sources: PowerSources = systemSources,
  nowMs: () => number = () => performance.now(),
): () => Promise<PowerState> {
  let known: { readonly atMs: number; readonly state: Promise<PowerState> } | null = null
  return () => {
    if (known === null || nowMs() - known.atMs > freshMs) known = { atMs: nowMs(), state: readPower(sources) }
    return known.state
  }
}

/** Reads battery, price and presence of the network. What the system does not tell is null. */
export async function readPower(sources: PowerSources): Promise<PowerState> {
  const [onBattery, metered] = await Promise.all([readBattery(sources), readMetered(sources)])
  return { onBattery, metered, online: isOnline(sources) }
}

async function readBattery({ platform, run, suppliesDir }: PowerSources): Promise<boolean | null> {
  if (platform === 'linux') return readSupplies(suppliesDir)
  if (platform === 'darwin') {
    const told = await run('pmset', ['-g', 'batt'])
    return told === null ? null : told.includes("'Battery Power'")
  }
  if (platform !== 'win32') return null
  // SystemInformation.PowerStatus (learn.microsoft.com): Online, Offline or Unknown.
  const script =
    'Add-Type -AssemblyName System.Windows.Forms; [System.Windows.Forms.SystemInformation]::PowerStatus.PowerLineStatus'
  const told = await run('powershell', ['-NoProfile', '-NonInteractive', '-Command', script])
  const status = told?.trim()
  return status === 'Offline' ? true : status === 'Online' ? false : null
}

/** On battery when a battery discharges and no mains supply is online; false where there is no battery at all. */
async function readSupplies(folder: string): Promise<boolean | null> {
  try {
    const names = await readdir(folder)
    const fact = async (name: string, file: string) =>
      (await readFile(join(folder, name, file), 'utf8').catch(() => '')).trim()
    const supplies = await Promise.all(
      names.map(async (name) => ({
        type: await fact(name, 'type'),
        status: await fact(name, 'status'),
        online: await fact(name, 'online'),
        scope: await fact(name, 'scope'),
      })),
    )
    // A mouse has a battery too; its scope says that it does not power the computer.
    const own = supplies.filter(({ scope }) => scope !== 'Device')
    const mains = own.some(({ type, online }) => type !== 'Battery' && online === '1')
    return !mains && own.some(({ type, status }) => type === 'Battery' && status === 'Discharging')
  } catch {
    // A system without this folder does not tell.
    return null
  }
}

async function readMetered({ platform, run }: PowerSources): Promise<boolean | null> {
  if (platform === 'linux') {
    // NetworkManager (nmcli(1), NMMetered): yes, no, yes (guessed), no (guessed), unknown, for each device.
    const told = await run('nmcli', ['-t', '-f', 'GENERAL.STATE,GENERAL.METERED', 'device', 'show'])
    return told === null ? null : meteredByNetworkManager(told)
  }
  if (platform !== 'win32') return null
  // NetworkInformation.GetInternetConnectionProfile().GetConnectionCost() (learn.microsoft.com).
  const script =
    '[void][Windows.Networking.Connectivity.NetworkInformation,Windows,ContentType=WindowsRuntime]; ' +
    '[Windows.Networking.Connectivity.NetworkInformation]::GetInternetConnectionProfile().GetConnectionCost().NetworkCostType'
  const told = (await run('powershell', ['-NoProfile', '-NonInteractive', '-Command', script]))?.trim()
  return told === 'Unrestricted' ? false : told === 'Fixed' || told === 'Variable' ? true : null
}

/** Metered when a connected device is; unknown when none says. */
function meteredByNetworkManager(told: string): boolean | null {
  const devices = told
    .split(/\n\s*\n/)
    .filter((device) => /GENERAL\.STATE:100\b/.test(device))
    .map((device) => /GENERAL\.METERED:(\w+)/.exec(device)?.[1])
  if (devices.includes('yes')) return true
  return devices.includes('no') ? false : null
}

/** False only when no interface but the computer's own loop has an address; an address is no proof of a way out. */
function isOnline({ interfaces }: PowerSources): boolean | null {
  const addresses = Object.values(interfaces()).flatMap((list) => list ?? [])
  return addresses.some(({ internal }) => !internal) ? null : false
}

const run: RunProgram = (file, args) =>
  new Promise((resolve) => {
    execFile(file, [...args], { timeout: patienceMs, windowsHide: true }, (error, stdout) => {
      resolve(error === null ? stdout : null)
    })
  })

const systemSources: PowerSources = {
  platform: process.platform,
  run,
  suppliesDir: '/sys/class/power_supply',
  interfaces: networkInterfaces,
}
