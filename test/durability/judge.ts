import { isDeepStrictEqual } from 'node:util'
import { readdirSync } from 'node:fs'
import { openLocalStore, type LocalStore } from '../../electron/store/localStore.ts'
import { sendingOf } from '../../electron/store/testing/steps.ts'
import { tinyEvent, tinyRegister } from '../../electron/store/testing/tinySystem.ts'
import { Failure } from '../../shared/api/failure.ts'
import { partsOf, read, type Told } from './images.ts'

/** What came of opening a damaged store, and what is wrong with that: nothing, when all is as promised. */
export interface Judgement {
  /** `whole` it works and tells everything · `replaced`, `rebuilt`, `log-missing` said so · `refused` left untouched. */
  outcome: string
  keptCount: number
  wrong: string[]
}

/** Opens a damaged store as a console does, and judges all that it tells against what it was told. */
export function judge(dataDir: string, told: Told): Judgement {
  const before = partsOf(dataDir)
  const wrong: string[] = []
  let store: LocalStore
  try {
    store = openLocalStore({ dataDir, mode: 'write' }, tinyRegister)
  } catch (error) {
    return refused(error, isSame(before, partsOf(dataDir)))
  }
  try {
    const now = read(store)
    const [incident] = store.incidents()
    const lostSeqs = now.events.length < told.events.length
    wrong.push(...falsehoods(now, told))
    if (incident === undefined && (lostSeqs || !isDeepStrictEqual(now, told))) {
      wrong.push('something is missing and nothing was said about it')
    }
    if (incident !== undefined && incident.keptCount !== now.events.length)
      wrong.push('the report counts wrongly')
    if (incident?.kind === 'replaced') {
      if (!isMoved(before, incident.folder)) wrong.push('the damaged set is not as it was found')
      if (incident.lostCount > told.events.length - now.events.length)
        wrong.push('more is said to be lost than is')
    }
    wrong.push(...store.verify().problems.map(({ where, what }) => `${where}: ${what}`))
    wrong.push(...goesOn(store))
    return { outcome: incident?.kind ?? 'whole', keptCount: now.events.length, wrong }
  } finally {
    store.close()
  }
}

/** What a store tells that it was not told. */
function falsehoods(now: Told, told: Told): string[] {
  const bySeq = new Map(told.events.map((event) => [event.seq, event]))
  const steps = new Map(told.actions.flatMap((action) => action.steps).map((step) => [step.seq, step]))
  return [
    ...now.events
      .filter((event) => !isDeepStrictEqual(event, bySeq.get(event.seq)))
      .map(({ seq }) => `event ${seq} is not the one that was kept`),
    ...now.actions
      .flatMap((action) => action.steps)
      .filter((step) => !isDeepStrictEqual(step, steps.get(step.seq)))
      .map(({ seq }) => `step ${seq} is not the one that was recorded`),
  ]
}

/** A newer schema is refused with a sentence, and nothing is touched. Everything else must not be. */
function refused(error: unknown, isUntouched: boolean): Judgement {
  const isPromised = error instanceof Failure && error.message.includes('has schema')
  const wrong = isPromised ? [] : [`it cannot be opened: ${String(error)}`]
  if (!isUntouched) wrong.push('it was refused and yet touched')
  return { outcome: 'refused', keptCount: 0, wrong }
}

function goesOn(store: LocalStore): string[] {
  const { lastSeq: lastStep } = store.actionsHead()
  const record = store.recordStep(sendingOf('afterwards', 'nothing known'))
  if (record?.steps[0]?.seq !== lastStep + 1) return ['its ledger does not go on where it ended']
  const { lastSeq } = store.head()
  const appended = store.append([tinyEvent({ ids: ['afterwards'], status: 'waiting', atMs: 1 }, 9_000)])
  return appended.lastSeq === lastSeq + 1 ? [] : ['it does not go on where it ended']
}

function isMoved(before: Map<string, Buffer>, folder: string): boolean {
  const names = readdirSync(folder)
  return (
    names.length > 1 &&
    [...before].every(([name, bytes]) => partsOf(folder).get(name)?.equals(bytes) === true)
  )
}

function isSame(before: Map<string, Buffer>, after: Map<string, Buffer>): boolean {
  return (
    before.size === after.size &&
    [...before].every(([name, bytes]) => after.get(name)?.equals(bytes) === true)
  )
}
