import { openVault } from '../vault/open.ts'
import { browserFace } from './browserFace.ts'
import { chooseProfile, foldersOf } from './choice.ts'
import { createDataDir } from './dataDir.ts'
import type { FaceKind } from './face.ts'
import { createLogger } from './log.ts'
import { openLogFile } from './logFile.ts'
import { openMovingRun } from './movingRun.ts'
import type { ServeOptions } from './serve.ts'
import { listenForStop, untilAborted } from './stopSignal.ts'
import type { Surroundings } from './surroundings.ts'

/** Runs the console with its face until it is told to stop. */
export async function serve(options: ServeOptions, surroundings: Surroundings): Promise<void> {
  const { build, clock, env, say } = surroundings
  const folders = foldersOf(options.data, env)
  const choice = await chooseProfile(options, folders)
  const kind = faceKind(options, surroundings)
  kind.claim(folders.profiles)
  const stop = listenForStop(say)
  createDataDir(choice.dataDir)
  const logger = createLogger({ level: options.logLevel, clock, say, file: openLogFile(choice.dataDir) })
  const { keychainUrl } = build
  const vault = openVault({ dataDir: folders.profiles, keychainUrl, env, nowMs: clock.nowMs })
  const run = await openMovingRun(choice, {
    surroundings,
    logger,
    vault,
    demo: { seed: options.seed ?? null, rate: options.rate ?? null },
    isReadOnly: options.readOnly ?? false,
    areActionsAllowed: kind.host === 'desktop' || (options.allowActions ?? false),
    host: kind.host,
    folders,
    onStranded: () => {
      process.exitCode = 1
      stop.stop()
    },
  })
  try {
    const { signal } = stop
    const site = { build, folder: folders.profiles, clock, logger, signal, stop: stop.stop }
    const face = await kind.open({ ...site, router: run.router(), tell: run.tell })
    run.onMoved((router) => {
      face.use(router)
    })
    await untilAborted(signal)
    logger.info('Stopping.')
    // First, so that no page waits for an answer that waits for a keychain.
    vault.close()
    await face.close()
  } finally {
    vault.close()
    await run.close()
  }
}

/** The desktop window where this process can have one and is asked for it, else pages in a browser. */
function faceKind(options: ServeOptions, { desktop, print, say }: Surroundings): FaceKind {
  if (options.host === 'desktop') {
    if (desktop !== undefined) return desktop
    say('A desktop window needs the Electron runtime, so the screens are served to a browser.')
  }
  return browserFace({ port: options.port, isBrowserOpened: options.open, print })
}
