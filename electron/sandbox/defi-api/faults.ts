import type { SandboxClock } from '../kit/clock.ts'
import { createFaults, type Faults, type FaultVerb } from '../kit/faults.ts'
import type { Gate } from '../kit/gate.ts'
import { networkVerbs } from '../kit/networkVerbs.ts'
import { patienceVerbs } from '../kit/patience.ts'
import type { ReplyFaults } from '../kit/replyFaults.ts'
import { counted, switched } from '../kit/verbs.ts'
import type { Mood } from './mood.ts'
import type { Story } from './story.ts'

/** What the faults act on. */
export interface DefiFaultsOptions {
  gate: Gate
  mood: Mood
  story: Story
  clock: SandboxClock
  replies: ReplyFaults
}

/** No crowd is larger than what the story keeps. */
const MOST_EVENTS = 2_000

/** All verbs of this server. There is nothing to repeat or to reorder where every answer is asked for. */
export function createDefiFaults({ gate, mood, story, clock, replies }: DefiFaultsOptions): Faults {
  return createFaults(
    { ...networkVerbs(gate), ...doorVerbs(mood, clock), ...answerVerbs(mood, story), ...replies.verbs },
    clock,
  )
}

function doorVerbs(mood: Mood, clock: SandboxClock): Record<string, FaultVerb> {
  return {
    refuse: switched('Answers everything with 401, whatever key is shown.', 10, (isOn) => {
      mood.isRefusing = isOn
    }),
    ...patienceVerbs(mood, clock, 'Answers'),
    forget: switched('Knows no intent any more: 404 for each of them.', 10, (isOn) => {
      mood.isForgetful = isOn
    }),
  }
}

function answerVerbs(mood: Mood, story: Story): Record<string, FaultVerb> {
  return {
    garble: {
      ...counted('So many of the next answers about an intent break the contract.', 20, MOST_EVENTS),
      begin: (count) => {
        mood.garbledCount = count
      },
    },
    backward: {
      ...counted('So many of the next answers about an intent tell the word before.', 20, MOST_EVENTS),
      begin: (count) => {
        mood.backwardCount = count
      },
    },
    unpermitted: {
      ...counted('So many of the next approvals are refused: the token is not approved to Permit2.', 1),
      begin: (count) => {
        mood.unpermittedCount = count
      },
    },
    flood: { ...counted('So many intents are created at once.', 200, MOST_EVENTS), begin: story.crowd },
  }
}
