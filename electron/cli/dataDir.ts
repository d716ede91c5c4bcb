import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { Failure } from '../../shared/api/failure.ts'

/** The console's folder among the folders that the platform keeps for programs of a user. */
export function defaultDataDir(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'win32') {
    return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'intent-console')
  }
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'intent-console')
  // An empty variable counts as unset (XDG Base Directory Specification).
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'intent-console')
}

/** The folder of `--data`, else the default one; absolute. */
export function chosenDataDir(option: string | undefined, env: NodeJS.ProcessEnv): string {
  return resolve(option ?? defaultDataDir(env, process.platform))
}

/** Makes the folder when it is missing, for this user only. Fails with `disk` and the reason. */
export function createDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new Failure('disk', `The data folder ${dataDir} cannot be made: ${(error as Error).message}.`, {
      tip: 'Choose another with --data, or make it writable.',
    })
  }
}
