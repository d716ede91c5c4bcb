import type { SandboxClock } from '../kit/clock.ts'
import { createFaults, type Faults, type FaultVerb } from '../kit/faults.ts'
import type { Gate } from '../kit/gate.ts'
import type { Mood } from './mood.ts'
import type { Story } from './story.ts'

/** What the faults act on. */
export interface DefiFaultsOptions {
  gate: Gate
  mood: Mood
  story: Story
  clock: SandboxClock
}

/** No fault lasts longer than an hour. */
const MOST_SECONDS = 3_600

/** No crowd is larger than what the story keeps. */
const MOST_EVENTS = 2_000

/** All verbs of this server. There is nothing to repeat or to reorder where every answer is asked for. */
export function createDefiFaults(options: DefiFaultsOptions): Faults {
  return createFaults(
    { ...networkVerbs(options), ...serverVerbs(options), ...answerVerbs(options) },
    options.clock,
  )
}

function networkVerbs({ gate }: DefiFaultsOptions): Record<string, FaultVerb> {
  return {
    drop: {
      ...lasting('Cuts every connection, and every new one at once.', 3),
      begin: gate.cut,
      end: () => {
        gate.heal('cut')
      },
    },
    stall: {
      ...lasting('Accepts and answers nothing; afterwards everything at once, in order.', 10),
      begin: gate.hold,
      end: () => {
        gate.heal('hold')
      },
    },
    'half-open': {
      ...lasting('Present connections carry nothing any more; new ones work.', 120),
      begin: gate.deafen,
      end: () => {
        gate.heal('deafen')
      },
    },
  }
}

function serverVerbs({ mood, clock }: DefiFaultsOptions): Record<string, FaultVerb> {
  const until = (seconds: number): number => clock.nowMs() + seconds * 1_000
  return {
    refuse: {
      ...lasting('Answers everything with 401, whatever key is shown.', 10),
      begin: () => {
        mood.isRefusing = true
      },
      end: () => {
        mood.isRefusing = false
      },
    },
    '429': {
      ...lasting('Answers 429 with Retry-After in seconds.', 10),
      begin: (seconds) => {
        mood.tooManyUntilMs = until(seconds)
      },
      end: () => {
        mood.tooManyUntilMs = 0
      },
    },
    '503': {
      ...lasting('Answers 503 with Retry-After as a date.', 10),
      begin: (seconds) => {
        mood.unavailableUntilMs = until(seconds)
      },
      end: () => {
        mood.unavailableUntilMs = 0
      },
    },
    forget: {
      ...lasting('Knows no intent any more: 404 for each of them.', 10),
      begin: () => {
        mood.isForgetful = true
      },
      end: () => {
        mood.isForgetful = false
      },
    },
  }
}

function answerVerbs({ mood, story }: DefiFaultsOptions): Record<string, FaultVerb> {
  return {
    garble: {
      ...counted('So many of the next answers about an intent break the contract.', 20),
      begin: (count) => {
        mood.garbledCount = count
      },
    },
    backward: {
      ...counted('So many of the next answers about an intent tell the word before.', 20),
      begin: (count) => {
        mood.backwardCount = count
      },
    },
    flood: { ...counted('So many intents are created at once.', 200), begin: story.crowd },
  }
}

function lasting(does: string, usual: number): Pick<FaultVerb, 'does' | 'unit' | 'usual' | 'most'> {
  return { does, unit: 'seconds', usual, most: MOST_SECONDS }
}

function counted(does: string, usual: number): Pick<FaultVerb, 'does' | 'unit' | 'usual' | 'most'> {
  return { does, unit: 'events', usual, most: MOST_EVENTS }
}
