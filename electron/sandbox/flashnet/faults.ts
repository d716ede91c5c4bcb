import type { SandboxClock } from '../kit/clock.ts'
import { createFaults, type Faults, type FaultVerb } from '../kit/faults.ts'
import type { Gate } from '../kit/gate.ts'
import { networkVerbs } from '../kit/networkVerbs.ts'
import { patienceVerbs } from '../kit/patience.ts'
import type { ReplyFaults } from '../kit/replyFaults.ts'
import { counted, switched } from '../kit/verbs.ts'
import type { Doorkeeper } from './doorkeeper.ts'
import type { Mood } from './mood.ts'

/** What the faults act on. */
export interface FlashnetFaultsOptions {
  gate: Gate
  mood: Mood
  doorkeeper: Doorkeeper
  replies: ReplyFaults
  clock: SandboxClock
}

/** Seconds: longer than a client that only asks now and then leaves between two questions. */
const USUAL_OUTAGE = { drop: 40, stall: 40 }

/** All verbs of this server. There is nothing to repeat or to reorder where every answer is asked for. */
export function createFlashnetFaults({
  gate,
  mood,
  doorkeeper,
  replies,
  clock,
}: FlashnetFaultsOptions): Faults {
  return createFaults(
    {
      ...networkVerbs(gate, USUAL_OUTAGE),
      ...patienceVerbs(mood, clock, 'Answers'),
      refuse: switched('Answers everything with 401, whatever is shown.', 10, (isOn) => {
        mood.isRefusing = isOn
      }),
      'expire-token': {
        ...counted('Ends every token that was given, whatever the number.', 1),
        begin: doorkeeper.expireTokens,
      },
      ...replies.verbs,
      ...answerVerbs(mood),
      ...gatewayVerbs(mood),
    },
    clock,
  )
}

function answerVerbs(mood: Mood): Record<string, FaultVerb> {
  return {
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
  }
}

function gatewayVerbs(mood: Mood): Record<string, FaultVerb> {
  return {
    'old-words': switched('Speaks as the first generation of the gateway.', 60, (isOn) => {
      mood.isOld = isOn
    }),
    pause: switched('Says that it is paused.', 120, (isOn) => {
      mood.isPaused = isOn
    }),
    'oracle-down': switched('The oracle confirms no deposit.', 120, (isOn) => {
      mood.isOracleDown = isOn
    }),
  }
}
