import type { Profile } from '../../shared/api/profile.ts'
import { startEngine } from '../engine/engine.ts'
import type { Engine } from '../engine/engine.ts'
import type { Logger } from '../engine/logger.ts'
import { readProfile } from '../engine/profile.ts'
import { openStore } from '../store/open.ts'
import { createCredentialReader } from '../vault/credential.ts'
import type { Keychain } from '../vault/keychain.ts'
import type { Choice } from './choice.ts'
import type { Surroundings } from './surroundings.ts'

/** What stays the same when a console moves between the demo and a profile. */
export interface RunOptions {
  surroundings: Surroundings
  logger: Logger
  keychain: Keychain
  demo: { seed: number; rate: number }
  isReadOnly: boolean
  areActionsAllowed: boolean
  /** Folder of the saved profiles, the same for the demo and for profiles. */
  profilesDir: string
  useProfile: (name: string) => Promise<void>
}

/** A data folder in use: its store, the engine on it, and for the demo the sandbox that it watches. */
export interface Run {
  router: Engine['router']
  dataDir: string
  isDemo: boolean
  /** Ends the engine, then the sandbox, then gives the folder free. */
  close: () => Promise<void>
}

/** Opens a data folder and everything on it; what was opened is closed again when a later step fails. */
export async function startRun(choice: Choice, options: RunOptions): Promise<Run> {
  const { surroundings, logger, keychain } = options
  const { build, clock, env } = surroundings
  const closers: (() => Promise<void>)[] = []
  async function close(): Promise<void> {
    for (const next of closers.splice(0).reverse()) await next()
  }

  try {
    const { dataDir } = choice
    const store = await openStore({ dataDir, workerUrl: build.workerUrl, mode: 'write' })
    closers.push(() => store.close())
    const { profile, isDemo } =
      choice.profile === null
        ? { profile: await startDemo(options.demo, closers), isDemo: true }
        : { profile: choice.profile, isDemo: false }
    const engine = await startEngine({
      store,
      profile,
      isDemo,
      dataDir,
      profilesDir: options.profilesDir,
      host: 'browser',
      consoleVersion: build.version,
      isReadOnly: options.isReadOnly,
      areActionsAllowed: options.areActionsAllowed,
      clock,
      random: Math.random,
      credential: createCredentialReader({
        env,
        keychain,
        onUnavailable: (sentence) => {
          logger.warn(sentence)
        },
      }),
      logger,
      useProfile: options.useProfile,
    })
    closers.push(() => engine.close())
    return { router: engine.router, dataDir, isDemo, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Starts the sandbox and makes the profile that watches it. Loaded only here: a console on a profile carries none of it. */
async function startDemo(demo: RunOptions['demo'], closers: (() => Promise<void>)[]): Promise<Profile> {
  const { startSandbox } = await import('../sandbox/index.ts')
  const sandbox = await startSandbox(demo)
  closers.push(() => sandbox.close())
  const demoProfile = { name: 'Demo', environment: 'sandbox', connections: sandbox.connections }
  return readProfile(JSON.stringify(demoProfile), 'The profile of the demo')
}
