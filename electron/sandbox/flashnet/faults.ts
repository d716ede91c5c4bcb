import type { SandboxClock } from '../kit/clock.ts'
import { createFaults, type Faults, type FaultVerb } from '../kit/faults.ts'
import type { Gate } from '../kit/gate.ts'
import type { Doorkeeper } from './doorkeeper.ts'
import type { Mood } from './mood.ts'

/** What the faults act on. */
export interface FlashnetFaultsOptions {
  gate: Gate
  mood: Mood
  doorkeeper: Doorkeeper
  clock: SandboxClock
}

/** No fault lasts longer than an hour. */
const MOST_SECONDS = 3_600

/** More answers than a demo asks for in an hour. */
const MOST_EVENTS = 200_000

/** All verbs of this server. There is nothing to repeat or to reorder where every answer is asked for. */
export function createFlashnetFaults(options: FlashnetFaultsOptions): Faults {
  return createFaults(
    { ...networkVerbs(options), ...patienceVerbs(options), ...gatewayVerbs(options) },
    options.clock,
  )
}

function networkVerbs({ gate }: FlashnetFaultsOptions): Record<string, FaultVerb> {
  return {
    drop: {
      ...lasting('Cuts every connection, and every new one at once.', 40),
      begin: gate.cut,
      end: () => {
        gate.heal('cut')
      },
    },
    stall: {
      ...lasting('Accepts and answers nothing; afterwards everything at once, in order.', 40),
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

function patienceVerbs({ mood, clock }: FlashnetFaultsOptions): Record<string, FaultVerb> {
  const until = (seconds: number): number => clock.nowMs() + seconds * 1_000
  return {
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
    refuse: whileItLasts(mood, 'isRefusing', 'Answers everything with 401, whatever is shown.', 10),
  }
}

function gatewayVerbs({ mood, doorkeeper }: FlashnetFaultsOptions): Record<string, FaultVerb> {
  return {
    'expire-token': {
      ...counted('Ends every token that was given, whatever the number.', 1),
      begin: doorkeeper.expireTokens,
    },
    're-key': {
      ...counted('Changes the deposit address, so many times.', 1),
      begin: (count) => {
        mood.rekeyCount += count
      },
    },
    garble: {
      ...counted('So many of the next answers about a submission break the contract.', 20),
      begin: (count) => {
        mood.garbledCount = count
      },
    },
    backward: {
      ...counted('So many of the next answers about a submission tell the word before as the newest.', 20),
      begin: (count) => {
        mood.backwardCount = count
      },
    },
    'old-words': whileItLasts(mood, 'isOld', 'Speaks as the first generation of the gateway.', 60),
    pause: whileItLasts(mood, 'isPaused', 'Says that it is paused.', 120),
    'oracle-down': whileItLasts(mood, 'isOracleDown', 'The oracle confirms no deposit.', 120),
  }
}

type Switch = 'isRefusing' | 'isOld' | 'isPaused' | 'isOracleDown'

/** A fault that is one switch, on for some seconds. */
function whileItLasts(mood: Mood, which: Switch, ...told: [does: string, usual: number]): FaultVerb {
  return {
    ...lasting(...told),
    begin: () => {
      mood[which] = true
    },
    end: () => {
      mood[which] = false
    },
  }
}

function lasting(does: string, usual: number): Pick<FaultVerb, 'does' | 'unit' | 'usual' | 'most'> {
  return { does, unit: 'seconds', usual, most: MOST_SECONDS }
}

function counted(does: string, usual: number): Pick<FaultVerb, 'does' | 'unit' | 'usual' | 'most'> {
  return { does, unit: 'events', usual, most: MOST_EVENTS }
}
