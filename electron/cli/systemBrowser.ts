import { spawn } from 'node:child_process'
import { homedir } from 'node:os'
import type { Clock } from '../upstreams/kit/clock.ts'
import { removeLinkFile, writeLinkFile } from './linkFile.ts'

/** How long a browser may take to open the link file, milliseconds: a cold start on a slow disk. */
export const LINK_FILE_KEPT_MS = 60_000

/** What the system's browser is opened with. */
export interface Opening {
  /** The link with its token. */
  url: string
  /** Where the link file stands for its short life. */
  folder: string
  clock: Clock
  /** Told one sentence when no browser could be opened. */
  onFailed: (sentence: string) => void
}

/** Opens a link in the system's browser by way of a link file. The answer removes the file: call it when the link was used. */
export function openSystemBrowser({ url, folder, clock, onFailed }: Opening): () => void {
  let file: string
  try {
    file = writeLinkFile(folder, url)
  } catch (error) {
    onFailed(`No browser was opened, since ${(error as Error).message}; open the printed address yourself.`)
    return () => undefined
  }
  const cancel = clock.after(LINK_FILE_KEPT_MS, done)
  function done(): void {
    cancel()
    removeLinkFile(file)
  }
  function fail(why: string): void {
    done()
    onFailed(`No browser could be opened (${why}); open the printed address yourself.`)
  }
  const [command, ...args] = commandFor(process.platform, file)
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', () => {
    fail(`${command} is missing`)
  })
  child.on('exit', (code) => {
    if (code !== 0 && code !== null) fail(`${command} ended with ${String(code)}`)
  })
  child.unref()
  return done
}

/**
 * Where a link file goes. On Linux that is the home folder: browsers packed as snaps may read what stands there, but
 * neither hidden folders, as a data folder mostly is, nor the system's own folder for temporary files.
 */
export function linkFolder(dataDir: string, platform: NodeJS.Platform = process.platform): string {
  return platform === 'linux' ? homedir() : dataDir
}

function commandFor(platform: NodeJS.Platform, file: string): [string, ...string[]] {
  if (platform === 'darwin') return ['open', file]
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', file]
  return ['xdg-open', file]
}
