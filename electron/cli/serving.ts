import { serveBrowser } from '../host/browser.ts'
import { openKeychain } from '../vault/keychain.ts'
import { DEFAULT_SEED, chooseProfile, foldersOf } from './choice.ts'
import { createDataDir } from './dataDir.ts'
import { createLogger } from './log.ts'
import { openLogFile } from './logFile.ts'
import { openMovingRun } from './movingRun.ts'
import type { ServeOptions } from './serve.ts'
import { listenForStop, untilAborted } from './stopSignal.ts'
import type { Surroundings } from './surroundings.ts'
import { openSystemBrowser } from './systemBrowser.ts'

/** Runs the console behind the browser host until it is told to stop. */
export async function serve(options: ServeOptions, surroundings: Surroundings): Promise<void> {
  const { build, clock, env, print, say } = surroundings
  const folders = foldersOf(options.data, env)
  const choice = await chooseProfile(options, folders)
  const stop = listenForStop(say)
  createDataDir(choice.dataDir)
  const logger = createLogger({ level: options.logLevel, clock, say, file: openLogFile(choice.dataDir) })
  if (options.host === 'desktop') {
    say('This version has no desktop window yet, so the screens are served to a browser.')
  }
  const run = await openMovingRun(choice, {
    surroundings,
    logger,
    keychain: openKeychain(),
    demo: { seed: options.seed ?? DEFAULT_SEED, rate: options.rate ?? 1 },
    isReadOnly: options.readOnly ?? false,
    areActionsAllowed: options.allowActions ?? false,
    folders,
    onStranded: () => {
      process.exitCode = 1
      stop.stop()
    },
  })
  try {
    const host = await serveBrowser({
      router: run.router(),
      port: options.port,
      assetsDir: build.assetsDir,
      clock,
      onRefused: (sentence) => {
        logger.warn(sentence)
      },
    })
    run.onMoved((router) => {
      host.use(router)
    })
    if (!stop.signal.aborted) print(`ready ${host.url}`)
    if (options.open && !stop.signal.aborted)
      openSystemBrowser(host.url, (sentence) => {
        logger.warn(sentence)
      })
    await untilAborted(stop.signal)
    logger.info('Stopping.')
    await host.close()
  } finally {
    await run.close()
  }
}
