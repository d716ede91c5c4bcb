import type { ActionStepKind } from '../api/action.ts'
import type { Alias, ConnectionId, SystemName } from '../intent/ids.ts'
import type { RawEvent } from './rawEvent.ts'

/** What every operator event says: which intent it is about, and who did it. */
interface Deed {
  /** The system of the intent; of use where nothing is known of it yet. */
  system: SystemName
  /** Names of the intent, at least one. */
  aliases: Alias[]
  /** As in the audit log. */
  who: string
}

/**
 * What a person did about an intent, as the journal keeps it (`system: 'console'`, `origin: 'operator'`), by kind. Texts
 * are redacted before the event exists.
 */
export interface OperatorEvents {
  /** One step of an action, journaled in the transaction that puts it into the audit log. */
  actionStepped: Deed & {
    /** Id of the action. */
    action: string
    step: ActionStepKind
    command: string
    /** The command in words. */
    words: string
    /** One sentence: what happened, or what was read. */
    why: string
    /** What may be done now, one sentence; events of older versions have none. */
    advice?: string | null | undefined
    /** Place of the step in the audit log, and its hash there. */
    seq: number
    hash: string
    /** Harmless values of the answer worth keeping (`refundSessionId`). */
    facts: Record<string, string>
  }
  noteAdded: Deed & { text: string }
  /** A tag was put on, or taken off. */
  tagSet: Deed & { tag: string; isSet: boolean }
  /**
   * Kept out of Attention until an instant, epoch milliseconds; null: until its status changes, which was `status` since
   * `statusSinceMs`. An instant that is past ends an earlier silence.
   */
  alarmSilenced: Deed & { untilMs: number | null; reason: string; status: string; statusSinceMs: number }
}

/** Kinds of event that tell what a person did. */
export type OperatorEventKind = keyof OperatorEvents

/** A raw event that tells what a person did. Two equal ones are two events. */
export function operatorEvent<Kind extends OperatorEventKind>(
  about: { connection: ConnectionId; atMs: number },
  kind: Kind,
  said: OperatorEvents[Kind],
): RawEvent {
  return {
    connection: about.connection,
    system: 'console',
    kind,
    origin: 'operator',
    receivedAtMs: about.atMs,
    payload: JSON.stringify(said),
    isSample: true,
  }
}
