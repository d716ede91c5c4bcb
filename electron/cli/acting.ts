import { existsSync } from 'node:fs'
import type { ActAnswer } from '../../shared/api/action.ts'
import { Failure } from '../../shared/api/failure.ts'
import type { LocalName } from '../engine/actions/local.ts'
import { rehearsedOffline } from '../engine/actions/offline.ts'
import { shortened } from '../engine/shortened.ts'
import type { ReadStore } from '../store/store.ts'
import type { ActOptions } from './act.ts'
import { answer } from './actAnswer.ts'
import { failureIn, type Client } from './actClient.ts'
import { commandNames, isLocal } from './actCommands.ts'
import { parseInput, readInput, withApproval, type ActInput } from './actInput.ts'
import { dryRun, givenOutside, orderOf, rehearsedLive, shutBy, type OutsideOrder } from './actOutside.ts'
import { actTarget, type ActTarget } from './actTarget.ts'
import { carriedOut, ownFields, refuseEnded, type LocalOrder } from './actWork.ts'
import { chosenDataDir } from './dataDir.ts'
import { readingStore } from './reading.ts'
import { refuseUnlessLasting } from './identities.ts'
import { running, usedProfile, type EngineDesk } from './running.ts'
import type { Surroundings } from './surroundings.ts'

/** Runs one operator command; fails with `usage` for no command or a wrong input, `held` while a console holds the folder. */
export async function act(name: string, options: ActOptions, surroundings: Surroundings): Promise<ActAnswer> {
  if (!commandNames().includes(name)) {
    throw new Failure('usage', `There is no command “${shortened(name)}”.`, {
      tip: `There are: ${commandNames().join(', ')}.`,
    })
  }
  const written = await readInput(options.input, surroundings.input ?? process.stdin)
  const input = withApproval(parseInput(written), options.approval)
  const dataDir = chosenDataDir(options.data, surroundings.env)
  const profile = await usedProfile(options.profile, dataDir)
  const isReadOnly = options.readOnly ?? false
  const desk = { options, surroundings, dataDir, profile, isReadOnly }
  return isLocal(name) ? actHere(name, input, desk) : actOutside(name, input, desk)
}

/** Where a command is given. */
interface ActDesk extends EngineDesk {
  options: ActOptions
}

/** A command that concerns the console alone. */
async function actHere(command: LocalName, input: ActInput, desk: ActDesk): Promise<ActAnswer> {
  const { options, surroundings, profile } = desk
  ownFields(command, input)
  if (command === 'silenceAlarm') refuseEnded(ownFields(command, input), surroundings.clock.nowMs())
  if (options.dryRun) {
    return readingStore(options.data, surroundings, async (store) => {
      const nowMs = surroundings.clock.nowMs()
      const find = (query: string) => store.find({ query, limit: 10, nowMs })
      return rehearsed(command, await actTarget(command, input, { profile, find }))
    })
  }
  return running(desk, async (client) => {
    const find = (query: string) => client.intents.find({ query, limit: 10 })
    return given(client, { command, input, target: await actTarget(command, input, { profile, find }) })
  })
}

/** A command of a system. A rehearsal reads afresh where it can; beside a running console it tells what the folder knows. */
async function actOutside(command: string, input: ActInput, desk: ActDesk): Promise<ActAnswer> {
  const { options, profile } = desk
  const { unlock, approvalRequest } = options
  const order: OutsideOrder = { command, input, profile, unlock, approvalRequest }
  if (!options.dryRun) {
    return running(desk, async (client, { identities }) => {
      if (approvalRequest !== undefined) await refuseUnlessLasting(identities)
      return givenOutside(client, order)
    })
  }
  if (!existsSync(desk.dataDir) && input.base.intent === undefined)
    return dryRun(await offline(order, null, desk), '')
  try {
    return await running(desk, async (client) =>
      dryRun(await rehearsedLive(client, order), await shutBy(client, order)),
    )
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'held') throw error
    return readingStore(options.data, desk.surroundings, async (store) =>
      dryRun(await offline(order, store, desk), ''),
    )
  }
}

function offline(order: OutsideOrder, store: ReadStore | null, { surroundings, profile }: ActDesk) {
  return rehearsedOffline(orderOf(order), { store, profile, nowMs: surroundings.clock.nowMs() })
}

function unmetOf({ preconditions }: ActTarget): string | null {
  return preconditions.find(({ state }) => state === 'unmet')?.why ?? null
}

function rehearsed(command: LocalName, target: ActTarget): ActAnswer {
  const why = unmetOf(target) ?? 'It would be done. It changes nothing outside.'
  return answer({ command, outcome: 'dry-run', why, preconditions: target.preconditions })
}

async function given(client: Client, order: LocalOrder): Promise<ActAnswer> {
  const { command, target } = order
  const { preconditions } = target
  const unmet = unmetOf(target)
  if (unmet !== null) return answer({ command, outcome: 'closed', why: unmet, preconditions })
  try {
    return answer({ command, preconditions, ...(await carriedOut(client, order)) })
  } catch (error) {
    const { code, message, tip } = failureIn(error)
    const outcome = code === 'closed' ? 'closed' : 'refused'
    return answer({ command, preconditions, outcome, why: `${message} ${tip}`.trim() })
  }
}
