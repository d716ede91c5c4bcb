import type { ActAnswer, ActionHead, ActionRecord, Gate, Rehearsal } from '../../../shared/api/action.ts'
import { Failure } from '../../../shared/api/failure.ts'
import type { Profile } from '../../../shared/api/profile.ts'
import { mainIdOf } from '../../../shared/intent/mainId.ts'
import type { Sent } from '../../upstreams/command.ts'
import type { Clock } from '../../upstreams/kit/clock.ts'
import type { Link } from '../../upstreams/upstream.ts'
import type { Connection } from '../connection.ts'
import type { InBackground, Logger } from '../logger.ts'
import { answerTo, closed, declined, unapproved, type Given, type Refusal } from './answers.ts'
import type { Approving } from './approving.ts'
import { standingOf } from './conditions.ts'
import { acknowledgedBy, consentConditions, type GivenConsent } from './consent.ts'
import type { Draft, Order } from './drafts.ts'
import { headOf } from './head.ts'
import type { Happening, Ledger } from './ledger.ts'
import { outcomeOf, type Outcome } from './outcome.ts'
import { unsettled, type Worked } from './worked.ts'
import type { Workshop } from './workshop.ts'

/** Between two tries to record an outcome that the disk refused, milliseconds: the action holds its lock meanwhile. */
const RECORD_AGAIN_MS = 5_000

/** What giving needs. */
export interface GiverSources {
  workshop: Workshop
  ledger: Ledger
  gate: () => Gate
  profile: () => Profile
  approving: Pick<Approving, 'approved' | 'used'>
  /** Takes care of an action whose outcome is unknown. */
  onUnknown: (action: ActionRecord) => void
  clock: Clock
  inBackground: InBackground
  logger: Logger
  /** Ends waiting for answers and for the disk. */
  signal: AbortSignal
}

/** Sends drafts, each once. */
export class Giver {
  readonly #sources: GiverSources
  readonly #underWay = new Set<string>()
  readonly #sending = new Set<Promise<unknown>>()
  #turn: Promise<unknown> = Promise.resolve()

  constructor(sources: GiverSources) {
    this.#sources = sources
  }

  /** Whether an action is being sent by this process, so that its `sending` is nobody else's to judge. */
  isUnderWay(action: string): boolean {
    return this.#underWay.has(action)
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#sending)
  }

  /** Sends a draft once, if it is still what was confirmed. Given again, also meanwhile, it answers with the same. */
  give(draft: Draft, consent: GivenConsent): Promise<ActAnswer> {
    draft.giving ??= this.#give(draft, consent).then(
      ({ answer, isSpent }) => {
        if (isSpent) draft.content = null
        else draft.giving = null
        return answer
      },
      (reason: unknown) => {
        draft.giving = null
        throw reason
      },
    )
    const giving = draft.giving
    this.#sending.add(giving)
    void giving.catch(() => undefined).finally(() => this.#sending.delete(giving))
    return giving
  }

  async #give({ rehearsal, content }: Draft, consent: GivenConsent): Promise<Given> {
    if (content === null) throw new Failure('closed', 'This draft was given already.')
    const refusal = this.#refusal(rehearsal, consent)
    if (refusal !== null) return closed(rehearsal, refusal)
    try {
      return await this.#confirmed(rehearsal, content.order, consent)
    } catch (reason) {
      if (!(reason instanceof Failure)) throw reason
      return closed(rehearsal, { why: `${reason.message} Nothing was sent. ${reason.tip}`.trim() })
    }
  }

  /** Why a draft is not sent on this consent; null when nothing stands against it. */
  #refusal(rehearsal: Rehearsal, consent: GivenConsent): Refusal | null {
    if (rehearsal.effect === 'reads') {
      throw new Failure('usage', `${rehearsal.command} only reads, so it is run and not given.`)
    }
    const gate = this.#sources.gate()
    if (!gate.isOpen) return { why: `${gate.why} ${gate.tip}` }
    if (!rehearsal.isOpen) return { why: rehearsal.why, opensAtMs: rehearsal.opensAtMs }
    const conditions = consentConditions(rehearsal, consent)
    const { isOpen, why } = standingOf(conditions)
    return isOpen ? null : { why, conditions }
  }

  async #confirmed(rehearsal: Rehearsal, order: Order, consent: GivenConsent): Promise<Given> {
    const { workshop, ledger } = this.#sources
    const approval = rehearsal.needsApproval ? await this.#approval(rehearsal, consent) : null
    if (approval instanceof Failure) return closed(rehearsal, { conditions: [unapproved(approval)] })
    const { connection, worked } = await workshop.work(order)
    const pending = await workshop.pending(worked)
    if (pending !== null) return closed(rehearsal, { conditions: [unsettled(pending)] })
    const head = headOf(worked, { acknowledged: acknowledgedBy(rehearsal), reason: consent.reason, approval })
    if (worked.hash !== rehearsal.hash) {
      const answer = declined(rehearsal, worked)
      await ledger.byPerson({ action: rehearsal.draft, kind: 'declined', why: answer.why, head })
      return { answer, isSpent: true }
    }
    const sending = { rehearsal, worked, connection, head }
    const begun = await this.#inTurn(() => this.#begin(sending, consent))
    if ('answer' in begun) return begun
    return { answer: await this.#sent(sending, begun.send), isSpent: true }
  }

  /** One after another: between the last look at what else was begun and the row in the ledger nothing may begin. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }

  /** Records that it is being sent, unless something stands against it now; answers the way to send it. */
  async #begin(
    { rehearsal, worked, connection, head }: Sending,
    { isWanted }: GivenConsent,
  ): Promise<Given | { send: Send }> {
    const { workshop, ledger, gate, profile } = this.#sources
    const pending = await workshop.pending(worked)
    if (pending !== null) return closed(rehearsal, { conditions: [unsettled(pending)] })
    if (await workshop.isOvertaken(worked)) return closed(rehearsal, { why: OVERTAKEN })
    const { isOpen, why, tip } = gate()
    if (!isOpen) return closed(rehearsal, { why: `${why} ${tip}` })
    if (isWanted?.() === false) return closed(rehearsal, { why: 'It was stopped before this was sent.' })
    const link = profile().connections.includes(connection.profile) ? connection.link() : null
    const send = link?.send?.bind(link)
    if (send === undefined)
      return closed(rehearsal, { why: 'The connection was closed meanwhile; nothing was sent.' })
    const action = rehearsal.draft
    this.#underWay.add(action)
    try {
      await ledger.byPerson({ action, kind: 'sending', why: head.reason, head })
    } catch (reason) {
      this.#underWay.delete(action)
      throw reason
    }
    return { send }
  }

  /** Who approved it; a failure is the reason why nobody did. */
  async #approval(
    { hash }: Rehearsal,
    { approval }: GivenConsent,
  ): Promise<ActionHead['approval'] | Failure> {
    try {
      return await this.#sources.approving.approved(approval, hash)
    } catch (reason) {
      if (reason instanceof Failure) return reason
      throw reason
    }
  }

  /** Sends what was recorded as being sent, and records what became of it. */
  async #sent({ rehearsal, worked, connection, head }: Sending, send: Send): Promise<ActAnswer> {
    const { signal, approving, inBackground } = this.#sources
    if (head.approval !== null) inBackground('Using up an approval', approving.used(head.approval))
    const sent = await send(worked.request, signal).catch(lost)
    const withoutCredential = (text: string): string => connection.withoutCredential(text)
    const outcome = outcomeOf(sent, worked, { withoutCredential, secrets: worked.request.secrets })
    await this.#follow(connection, outcome)
    const note = await this.#recorded(rehearsal.draft, outcome)
    this.#readAgain(connection, worked, outcome)
    const { shown: response, advice } = outcome
    return { ...answerTo(rehearsal, outcome.outcome, `${outcome.why}${note}`), response, advice }
  }

  /** Records an outcome; answers what to add for the person when the disk refuses. */
  async #recorded(action: string, outcome: Outcome): Promise<string> {
    const { outcome: kind, follow: follows, kept: response, shown: _shown, ...said } = outcome
    const happening: Happening = { action, kind, follows, response, ...said }
    if (await this.#isRecorded(happening)) return ''
    this.#sources.inBackground('Recording the outcome of an action', this.#recordLater(happening))
    return ' This could not be recorded yet; the console keeps trying.'
  }

  /** Until it is on disk, or the console ends: the next run finds the action at `sending` and reads what became of it. */
  async #recordLater(happening: Happening): Promise<void> {
    const { clock, signal } = this.#sources
    for (;;) {
      await clock.sleep(RECORD_AGAIN_MS, signal)
      if (signal.aborted || (await this.#isRecorded(happening))) return
    }
  }

  async #isRecorded(happening: Happening): Promise<boolean> {
    try {
      const record = await this.#sources.ledger.byPerson(happening)
      this.#underWay.delete(happening.action)
      if (record?.state === 'unknown') this.#sources.onUnknown(record)
      return true
    } catch (reason) {
      const said = reason instanceof Error ? reason.message : String(reason)
      const { action } = happening
      this.#sources.logger.error('The outcome of an action was not recorded.', { action, reason: said })
      return false
    }
  }

  /** Follows what the answer named, before anything is recorded: an action that ends here stays unknown, and nothing is lost sight of. */
  async #follow(connection: Connection, { follow }: Outcome): Promise<void> {
    if (follow === null) return
    await connection.watch(follow.value, true).catch((reason: unknown) => {
      const said = reason instanceof Error ? reason.message : String(reason)
      this.#sources.logger.error('What an action led to is not followed.', { id: follow.value, reason: said })
    })
  }

  /** Reads the intent again, so that its timeline shows what the action led to. */
  #readAgain(connection: Connection, { intent, given }: Worked, { outcome }: Outcome): void {
    const link = connection.link()
    if (outcome === 'accepted' && intent !== null && link !== null) {
      const read = link.reread(given.knownAs ?? mainIdOf(intent))
      this.#sources.inBackground('Reading what an action led to', read)
    }
  }
}

interface Sending {
  rehearsal: Rehearsal
  worked: Worked
  connection: Connection
  head: ActionHead
}

type Send = NonNullable<Link['send']>

const OVERTAKEN =
  'The same was given by somebody else meanwhile, so this was not sent. Look at Actions, and fill it in again where it is still wanted.'

/** A link does not fail at sending; should one, what was sent is not known. */
function lost(reason: unknown): Sent {
  const said = reason instanceof Error ? reason.message : String(reason)
  return { kind: 'lost', why: `Sending ended in the middle: ${said}` }
}
