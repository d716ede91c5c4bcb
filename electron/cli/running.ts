import { createRouterClient } from '@orpc/server'
import { Failure } from '../../shared/api/failure.ts'
import type { Profile } from '../../shared/api/profile.ts'
import { lastUsedProfile } from '../engine/savedProfiles.ts'
import { openVault } from '../vault/open.ts'
import type { Vault } from '../vault/vault.ts'
import { failureIn, type Client } from './actClient.ts'
import { readProfileFile } from './choice.ts'
import { createLogger } from './log.ts'
import { startRun, type Run } from './run.ts'
import { listenForStop, untilAborted } from './stopSignal.ts'
import type { Surroundings } from './surroundings.ts'

/** What an engine runs on for the length of one command. */
export interface EngineDesk {
  surroundings: Surroundings
  dataDir: string
  profile: Profile
  isReadOnly: boolean
}

/** The profile in a file, else the one that the data folder was used with last. */
export async function usedProfile(file: string | undefined, dataDir: string): Promise<Profile> {
  if (file !== undefined) return readProfileFile(file)
  const last = await lastUsedProfile(dataDir)
  if (last === null) {
    throw new Failure('not-found', `No profile was ever used with ${dataDir}.`, {
      tip: 'Give one with --profile.',
    })
  }
  if (!last.isDemo) return last.profile
  throw new Failure('closed', 'The systems of the demo are there only while the demo runs.', {
    tip: 'Do it on its screens, or give --data and --profile of your own.',
  })
}

/**
 * Runs the engine on a data folder for as long as the work takes, or until the process is told to stop: what is being sent is then
 * recorded as unknown and answered so. What it fails with is a `Failure`.
 */
export async function running<T>(
  { surroundings, dataDir, profile, isReadOnly }: EngineDesk,
  work: (client: Client, vault: Vault) => Promise<T>,
): Promise<T> {
  const { build, clock, env, say } = surroundings
  const { signal } = listenForStop(say)
  const vault = openVault({ dataDir, keychainUrl: build.keychainUrl, env, nowMs: clock.nowMs })
  let run: Run | null = null
  try {
    run = await startRun(
      { dataDir, profile },
      {
        surroundings,
        logger: createLogger({ level: 'error', clock, say, file: null }),
        vault,
        demo: { seed: null, rate: null },
        isReadOnly,
        areActionsAllowed: true,
        host: 'command-line',
        profilesDir: dataDir,
        useProfile: () => Promise.reject(new Failure('closed', 'A command stays with its profile.')),
      },
    )
    return await Promise.race([work(createRouterClient(run.router), vault), stopped(run, signal)])
  } catch (error) {
    // What fails then fails because everything is closed under it.
    if (signal.aborted) throw toldToStop()
    const { code, message, ...more } = failureIn(error)
    throw new Failure(code, message, more)
  } finally {
    vault.close()
    await run?.close()
  }
}

/** Closes what runs when the process is told to stop; whoever waits for an answer by then gets none. */
async function stopped(run: Run, signal: AbortSignal): Promise<never> {
  await untilAborted(signal)
  await run.close()
  throw toldToStop()
}

function toldToStop(): Failure {
  return new Failure('cancelled', 'It was told to stop before there was an answer.', {
    tip: '`audit` says whether anything was sent.',
  })
}
