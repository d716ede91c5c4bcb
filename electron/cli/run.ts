import type { Profile } from '../../shared/api/profile.ts'
import { startEngine } from '../engine/engine.ts'
import type { Engine, EngineOptions } from '../engine/engine.ts'
import type { Logger } from '../engine/logger.ts'
import { readProfile } from '../engine/profile.ts'
import { openStore } from '../store/open.ts'
import type { Vault } from '../vault/vault.ts'
import type { Choice } from './choice.ts'
import type { AskedStory } from './demoStory.ts'
import { openDemoStory } from './demoStoryFile.ts'
import type { Surroundings } from './surroundings.ts'

/** What stays the same when a console moves between the demo and a profile. */
export interface RunOptions {
  surroundings: Surroundings
  logger: Logger
  vault: Vault
  demo: AskedStory
  isReadOnly: boolean
  areActionsAllowed: boolean
  host: EngineOptions['host']
  /** Folder of the saved profiles, the same for the demo and for profiles. */
  profilesDir: string
  useProfile: (name: string) => Promise<void>
}

/** A data folder in use: its store, the engine on it, and for the demo the sandbox that it watches. */
export interface Run {
  router: Engine['router']
  dataDir: string
  isDemo: boolean
  suspend: Engine['suspend']
  resume: Engine['resume']
  /** Ends the engine, then the sandbox, then gives the folder free. */
  close: () => Promise<void>
}

/** Opens a data folder and everything on it; what was opened is closed again when a later step fails. */
export async function startRun(choice: Choice, options: RunOptions): Promise<Run> {
  const { surroundings, logger, vault } = options
  const { build, clock } = surroundings
  const closers: (() => Promise<void>)[] = []
  async function close(): Promise<void> {
    for (const next of closers.splice(0).reverse()) await next()
  }

  try {
    const { dataDir } = choice
    // Before the database thread starts, which takes a copy of the environment with it.
    if (choice.profile !== null) vault.take(choice.profile)
    const store = await openStore({ dataDir, workerUrl: build.workerUrl, mode: 'write' })
    closers.push(() => store.close())
    const isDemo = choice.profile === null
    const profile = choice.profile ?? (await startDemo(dataDir, options, closers))
    const engine = await startEngine({
      store,
      profile,
      isDemo,
      dataDir,
      profilesDir: options.profilesDir,
      host: options.host,
      consoleVersion: build.version,
      isReadOnly: options.isReadOnly,
      areActionsAllowed: options.areActionsAllowed,
      clock,
      random: Math.random,
      credential: (connection) => vault.read(connection),
      vault,
      logger,
      useProfile: options.useProfile,
    })
    closers.push(() => engine.close())
    const { router, suspend, resume } = engine
    return { router, dataDir, isDemo, suspend, resume, close }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * Starts the sandbox, where its story stands in this folder, and makes the profile that watches it. The invented credentials
 * that its systems ask for go the way of real ones: into the environment, from where the vault takes them. Loaded only here: a
 * console on a profile carries none of it.
 */
async function startDemo(
  dataDir: string,
  { demo, surroundings, logger }: RunOptions,
  closers: (() => Promise<void>)[],
): Promise<Profile> {
  const { clock, env } = surroundings
  const { startSandbox } = await import('../sandbox/index.ts')
  const { story, since, close: closeStory } = await openDemoStory(demo, { dataDir, clock, logger })
  closers.push(closeStory)
  const { connections, credentials, close } = await startSandbox({
    ...since,
    seed: story.seed,
    rate: story.rate,
  })
  closers.push(close)
  Object.assign(env, credentials)
  const text = JSON.stringify({ name: 'Demo', environment: 'sandbox', connections })
  return readProfile(text, 'The profile of the demo')
}
