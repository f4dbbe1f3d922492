import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/**
 * Where the desk keeps its data: the folder that was asked for, MAIL_DESK_DATA_DIR, or the platform's place
 * for application data (Windows: %APPDATA%, macOS: Application Support, else the XDG base directory).
 */
export function chooseDataDir(asked: string | undefined, env: NodeJS.ProcessEnv, platform: string): string {
  const chosen = asked ?? env['MAIL_DESK_DATA_DIR']
  if (chosen !== undefined && chosen !== '') return resolve(chosen)
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Mail Desk')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Mail Desk')
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'mail-desk')
}
