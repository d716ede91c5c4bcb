import { createRouterClient, ORPCError } from '@orpc/server'
import { Failure, type FailureShape } from '../../shared/api/failure.ts'
import type { Profile } from '../../shared/api/profile.ts'
import { lastUsedProfile } from '../engine/savedProfiles.ts'
import { openVault } from '../vault/open.ts'
import type { ActOptions } from './act.ts'
import { answer, type ActAnswer } from './actAnswer.ts'
import { COMMANDS, commandOf, type LocalCommand } from './actCommands.ts'
import { parseInput, readInput } from './actInput.ts'
import { actTarget, type ActTarget } from './actTarget.ts'
import { carriedOut, type Client } from './actWork.ts'
import { readProfileFile } from './choice.ts'
import { chosenDataDir } from './dataDir.ts'
import { createLogger } from './log.ts'
import { readingStore } from './reading.ts'
import { startRun, type Run } from './run.ts'
import type { Surroundings } from './surroundings.ts'

/** Runs one operator command; fails with `usage` for no command or a wrong input, `held` while a console holds the folder. */
export async function act(name: string, options: ActOptions, surroundings: Surroundings): Promise<ActAnswer> {
  const command = commandOf(name)
  if (command === null) {
    throw new Failure('usage', `There is no command “${name}”.`, {
      tip: `There are: ${COMMANDS.join(', ')}.`,
    })
  }
  const text = await readInput(options.input, surroundings.input ?? process.stdin)
  if (command === 'later') {
    const why = `This version does not give ${name} yet; nothing was sent.`
    return answer({ command: name, outcome: 'closed', why })
  }
  const input = parseInput(text)
  const dataDir = chosenDataDir(options.data, surroundings.env)
  const profile = await profileOf(options.profile, dataDir)
  if (options.dryRun) {
    return readingStore(options.data, surroundings, async (store) => {
      const nowMs = surroundings.clock.nowMs()
      const find = (query: string) => store.find({ query, limit: 10, nowMs })
      return rehearsed(command, await actTarget(command, input, { profile, find }))
    })
  }
  return running(
    { dataDir, profile, isReadOnly: options.readOnly ?? false },
    surroundings,
    async (client) => {
      const find = (query: string) => client.intents.find({ query, limit: 10 })
      return given(client, command, await actTarget(command, input, { profile, find }))
    },
  )
}

async function profileOf(file: string | undefined, dataDir: string): Promise<Profile> {
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

/** Runs the engine on a data folder for as long as the work takes. */
async function running<T>(
  choice: { dataDir: string; profile: Profile; isReadOnly: boolean },
  surroundings: Surroundings,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const { build, clock, env, say } = surroundings
  const { dataDir, isReadOnly } = choice
  const vault = openVault({ dataDir, keychainUrl: build.keychainUrl, env, nowMs: clock.nowMs })
  let run: Run | null = null
  try {
    run = await startRun(choice, {
      surroundings,
      logger: createLogger({ level: 'error', clock, say, file: null }),
      vault,
      demo: { seed: 0, rate: 1 },
      isReadOnly,
      areActionsAllowed: true,
      host: 'browser',
      profilesDir: dataDir,
      useProfile: () => Promise.reject(new Failure('closed', 'A command stays with its profile.')),
    })
    return await work(createRouterClient(run.router))
  } finally {
    vault.close()
    await run?.close()
  }
}

function unmetOf({ preconditions }: ActTarget): string | null {
  return preconditions.find(({ state }) => state === 'unmet')?.why ?? null
}

function rehearsed(command: LocalCommand, target: ActTarget): ActAnswer {
  const why = unmetOf(target) ?? 'It would be done. It changes nothing outside.'
  return answer({ command, outcome: 'dry-run', why, preconditions: target.preconditions })
}

async function given(client: Client, command: LocalCommand, target: ActTarget): Promise<ActAnswer> {
  const { preconditions } = target
  const unmet = unmetOf(target)
  if (unmet !== null) return answer({ command, outcome: 'refused', why: unmet, preconditions })
  try {
    return answer({ command, preconditions, ...(await carriedOut(client, command, target)) })
  } catch (error) {
    const { code, message, tip } = failureIn(error)
    const outcome = code === 'closed' ? 'closed' : 'refused'
    return answer({ command, preconditions, outcome, why: `${message} ${tip}`.trim() })
  }
}

function failureIn(error: unknown): FailureShape {
  if (error instanceof ORPCError && error.code === 'FAILED') return error.data as FailureShape
  throw error
}
