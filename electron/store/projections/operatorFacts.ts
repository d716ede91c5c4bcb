import { z } from 'zod'
import { ACTION_STEPS } from '../../../shared/api/action.ts'
import { STEP_WORDS } from '../../../shared/api/actionWords.ts'
import type { Fact, IntentFact } from '../../../shared/intent/fact.ts'
import { SYSTEM_NAMES } from '../../../shared/intent/ids.ts'
import { comparableTag, learnNote, learnSilence, learnTag } from '../../../shared/intent/remarks.ts'
import { formatInstant } from '../../../shared/intent/time.ts'
import type { OperatorEventKind, OperatorEvents } from '../../../shared/log/operatorEvent.ts'
import type { RawEvent } from '../../../shared/log/rawEvent.ts'
import { digest } from '../journal/digest.ts'

const deed = {
  system: z.enum(SYSTEM_NAMES),
  aliases: z.array(z.object({ kind: z.string(), value: z.string().min(1) })).min(1),
  who: z.string(),
}
const instant = z.number().int()

/** Digits of the largest whole number that a place can be. */
const LONGEST_PLACE = 16

const schemas = {
  actionStepped: z.object({
    ...deed,
    action: z.string(),
    step: z.enum(ACTION_STEPS),
    command: z.string(),
    words: z.string(),
    why: z.string(),
    advice: z.string().nullish(),
    seq: z.number().int(),
    hash: z.string(),
    facts: z.record(z.string(), z.string()),
  }),
  noteAdded: z.object({ ...deed, text: z.string() }),
  tagSet: z.object({ ...deed, tag: z.string(), isSet: z.boolean() }),
  alarmSilenced: z.object({
    ...deed,
    untilMs: instant.nullable(),
    reason: z.string(),
    status: z.string(),
    statusSinceMs: instant,
  }),
} satisfies { [Kind in OperatorEventKind]: z.ZodType<OperatorEvents[Kind]> }

/** What an event of origin `operator` means; one that is not of this version's making is quarantined. Pure. */
export function operatorFacts(event: RawEvent): Fact[] {
  const schema = Object.hasOwn(schemas, event.kind) ? schemas[event.kind as OperatorEventKind] : null
  if (schema === null) {
    return [{ about: 'quarantine', path: '$', reason: `Operators do nothing called ${event.kind} here.` }]
  }
  const parsed = schema.safeParse(jsonOrNull(event.payload))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const path = ['$', ...(issue?.path ?? []).map(String)].join('.')
    return [{ about: 'quarantine', path, reason: issue?.message ?? 'This is not what operators do here.' }]
  }
  const done = { kind: event.kind, said: parsed.data } as Done
  const { aliases, system } = done.said
  return [
    {
      about: 'intent',
      ...saidOf(done, event.receivedAtMs),
      system,
      aliases,
      mentions: [],
      // A person's clock is ours: it does not take part in the order that the system's own times tell.
      atMs: null,
      emittedAtMs: null,
      claim: null,
      flags: [],
    },
  ]
}

type Done = {
  [Kind in OperatorEventKind]: { kind: Kind; said: OperatorEvents[Kind] }
}[OperatorEventKind]

function saidOf({ kind, said }: Done, atMs: number): Pick<IntentFact, 'kind' | 'words' | 'key' | 'learned'> {
  switch (kind) {
    case 'actionStepped': {
      const step = said.step.charAt(0).toUpperCase() + said.step.slice(1)
      return {
        kind: `action${step}`,
        // Advice is in words, what a system answered often in codes: of a long line the beginning is seen.
        words: [`${said.words}: ${STEP_WORDS[said.step]}.`, said.advice, said.why].filter(Boolean).join(' '),
        // Of two steps at one instant the one that comes first in the ledger is the earlier.
        key: `${kind} ${String(said.seq).padStart(LONGEST_PLACE, '0')} ${said.hash}`,
        learned: { details: said.facts },
      }
    }
    case 'noteAdded': {
      const { text, who } = said
      const key = nameOf([kind, atMs, who, text])
      return { kind, words: `Note by ${who}: ${text}`, key, learned: learnNote(key, { text, who, atMs }) }
    }
    case 'tagSet': {
      const { tag, isSet, who } = said
      return {
        kind,
        words: isSet ? `Tagged “${tag}” by ${who}` : `Tag “${tag}” taken off by ${who}`,
        key: nameOf([kind, atMs, who, tag, isSet]),
        learned: learnTag(nameOf([comparableTag(tag)]), { tag, isSet }),
      }
    }
    case 'alarmSilenced': {
      const { who, reason, untilMs } = said
      const until = untilMs === null ? 'its status changes' : formatInstant(untilMs, 'utc', atMs)
      return {
        kind,
        words: `Silenced by ${who} until ${until}: ${reason}`,
        key: nameOf([kind, atMs, who, untilMs, reason]),
        learned: learnSilence({ ...said, atMs }),
      }
    }
  }
}

/** A short name made of content only; hexadecimal, so that no text of a person becomes the name of a property. */
function nameOf(content: readonly unknown[]): string {
  return digest(JSON.stringify(content)).toString('hex')
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
