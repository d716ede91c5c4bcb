import { isOver, STAGES, type Stage, type WorldIntent } from './intent.ts'

/** At one arrival every 2 s this is 11 hours of story, longer than any life; it bounds the memory of a demo that runs for days. */
const KEPT = 20_000

/** All intents of the story by every id that they ever had. */
export interface Register {
  add: (intent: WorldIntent) => void
  /** Makes it found by its new id too. */
  rename: (intent: WorldIntent) => void
  find: (id: string) => WorldIntent | undefined
  all: () => Iterable<WorldIntent>
  tally: () => Record<Stage, number>
}

/** An empty register. Ids are found in any letter case. */
export function createRegister(): Register {
  const byId = new Map<string, WorldIntent>()
  const bySerial = new Map<number, WorldIntent>()

  const forgetOldest = (): void => {
    for (const [serial, intent] of bySerial) {
      if (bySerial.size <= KEPT) return
      if (!isOver(intent)) continue
      bySerial.delete(serial)
      byId.delete(intent.id)
      byId.delete(intent.clientId)
    }
  }

  return {
    add: (intent) => {
      byId.set(intent.id, intent)
      bySerial.set(intent.serial, intent)
      if (bySerial.size > KEPT * 1.1) forgetOldest()
    },
    rename: (intent) => {
      byId.set(intent.id, intent)
    },
    find: (id) => byId.get(id.toLowerCase()),
    all: () => bySerial.values(),
    tally: () => {
      const tally = Object.fromEntries(STAGES.map((stage) => [stage, 0])) as Record<Stage, number>
      for (const { stage } of bySerial.values()) tally[stage] += 1
      return tally
    },
  }
}
