import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'

/** Everything in the tests listens here and nowhere else. */
export const loopback = '127.0.0.1'

/** Whether daemons have to shed root before they serve. */
export const isRoot = userInfo().uid === 0

/** Who the daemons run as: an unprivileged user when the tests run as root, else whoever runs them. */
export const servingUser = lookUp(isRoot ? 'nobody' : userInfo().username)

/** A folder of one server, and what runs in it. Disposing stops the server and removes the folder. */
export interface Instance extends AsyncDisposable {
  readonly folder: string
  /** Writes a file below the folder, owned by the serving user, and returns its path. */
  write(path: string, content: string, mode?: number): string
  /** Makes a folder below the folder, owned by the serving user, and returns its path. */
  makeFolder(path: string, mode?: number): string
  /** Starts a daemon in the foreground; it dies with this process, however this process ends. */
  run(command: string, args: readonly string[], options?: { asServingUser: boolean }): void
  /** Settles when something listens on the port; else cleans up and rejects with the daemon's last words. */
  listening(port: number, logFile?: string): Promise<void>
}

/** Makes the folder of one server, unique per run. */
export function createInstance(kind: string): Instance {
  const folder = mkdtempSync(join(tmpdir(), `mail-desk-${kind}-`))
  chmodSync(folder, 0o755)
  const children: ChildProcess[] = []
  let said = ''
  const killAll = () => children.forEach((child) => child.kill('SIGKILL'))
  process.once('exit', killAll)
  const dispose = async () => {
    await Promise.all(children.map(stop))
    process.off('exit', killAll)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
  }
  const makeFolder = (path: string, mode = 0o755) => {
    const full = join(folder, path)
    mkdirSync(full, { recursive: true })
    chmodSync(full, mode)
    own(full)
    return full
  }
  return {
    folder,
    makeFolder,
    write(path, content, mode = 0o644) {
      const full = join(folder, path)
      mkdirSync(dirname(full), { recursive: true })
      writeFileSync(full, content, { mode })
      own(full)
      return full
    },
    run(command, args, options = { asServingUser: true }) {
      const [file, all] = supervised(command, args, options.asServingUser)
      const child = spawn(file, all, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
      child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
      child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
      children.push(child)
    },
    async listening(port, logFile) {
      const failsAt = performance.now() + 15_000
      while (!(await accepts(port))) {
        const dead = children.some((child) => child.exitCode !== null || child.signalCode !== null)
        if (dead || performance.now() > failsAt) {
          const log = logFile !== undefined && existsSync(logFile) ? readFileSync(logFile, 'utf8') : ''
          await dispose()
          throw new Error(`Nothing listens on ${port}.\n${said}${log}`.slice(-4000))
        }
        await pause(20)
      }
    },
    [Symbol.asyncDispose]: dispose,
  }
}

/** Ports of loopback that nothing listens on at this moment, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once('error', reject)
          server.listen(0, loopback, () => resolve((server.address() as { port: number }).port))
        }),
    ),
  )
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}

/** Gives a file or folder to the user that the servers run as. */
export function own(path: string): void {
  if (isRoot) chownSync(path, servingUser.uid, servingUser.gid)
}

/** On Linux `setpriv` ties the daemon's life to ours and drops root; elsewhere the daemon runs as we do. */
function supervised(command: string, args: readonly string[], asServingUser: boolean): [string, string[]] {
  if (!existsSync('/usr/bin/setpriv')) return [command, [...args]]
  const { uid, gid } = servingUser
  const drop = isRoot && asServingUser ? [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'] : []
  return ['/usr/bin/setpriv', ['--pdeathsig', 'TERM', ...drop, command, ...args]]
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 3000)
  await ended
  clearTimeout(timer)
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: loopback, port }, () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function lookUp(name: string) {
  const ask = (...flags: string[]) => execFileSync('id', [...flags, name], { encoding: 'utf8' }).trim()
  return { name, group: ask('-gn'), uid: Number(ask('-u')), gid: Number(ask('-g')) }
}
