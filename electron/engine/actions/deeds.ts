import type { Intent } from '../../../shared/intent/intent.ts'
import {
  operatorEvent,
  type OperatorEventKind,
  type OperatorEvents,
} from '../../../shared/log/operatorEvent.ts'
import type { Store } from '../../store/store.ts'
import type { Clock } from '../../upstreams/kit/clock.ts'
import { redact } from '../../upstreams/kit/redact.ts'
import type { FeedSet } from '../feedSet.ts'

/** What a person's own marks on intents are written with. */
export interface DeedSources {
  store: Pick<Store, 'append' | 'intent'>
  feeds: FeedSet
  clock: Clock
  /** As in the audit log. */
  who: () => Promise<string>
}

/** What a deed says besides whom it is by and what it is about. */
type Told<Kind extends OperatorEventKind> = Omit<OperatorEvents[Kind], 'system' | 'aliases' | 'who'>

const DONE = { isDone: true } as const

/** Marks that a person leaves on an intent: notes, tags, silence. Each is on disk when its call answers. */
export class Deeds {
  readonly #sources: DeedSources

  constructor(sources: DeedSources) {
    this.#sources = sources
  }

  /** Adds a note. */
  async note({ intent: id, text }: { intent: string; text: string }) {
    return this.#write(await this.#sources.store.intent(id), 'noteAdded', { text: redact(text) })
  }

  /** Puts a tag on an intent, or takes it off. */
  async tag({ intent: id, tag, isSet }: { intent: string; tag: string; isSet: boolean }) {
    return this.#write(await this.#sources.store.intent(id), 'tagSet', { tag: redact(tag), isSet })
  }

  /** Keeps an intent out of Attention for a while. */
  async silence({ intent: id, untilMs, reason }: { intent: string; untilMs: number | null; reason: string }) {
    const intent = await this.#sources.store.intent(id)
    const { status, phaseSinceMs: statusSinceMs } = intent
    return this.#write(intent, 'alarmSilenced', { untilMs, reason: redact(reason), status, statusSinceMs })
  }

  async #write<Kind extends OperatorEventKind>(intent: Intent, kind: Kind, told: Told<Kind>) {
    const { store, feeds, clock, who } = this.#sources
    const { system, aliases, connection } = intent
    const said = { ...told, system, aliases, who: await who() } as OperatorEvents[Kind]
    const event = operatorEvent({ connection, atMs: clock.nowMs() }, kind, said)
    feeds.appended([event], await store.append([event]))
    return DONE
  }
}
