import type {
  ActAnswer,
  ActionRecord,
  ActionStep,
  Approver,
  Gate,
  OfferedCommand,
  Rehearsal,
} from '../../../shared/api/action.ts'
import { Failure } from '../../../shared/api/failure.ts'
import type { Profile } from '../../../shared/api/profile.ts'
import { isReason } from '../../../shared/api/reason.ts'
import type { Store } from '../../store/store.ts'
import type { Clock } from '../../upstreams/kit/clock.ts'
import { trackBackground } from '../../upstreams/kit/background.ts'
import { redact } from '../../upstreams/kit/redact.ts'
import type { Vault } from '../../vault/vault.ts'
import type { Connections } from '../connections.ts'
import type { FeedSet } from '../feedSet.ts'
import type { Logger } from '../logger.ts'
import { Approving } from './approving.ts'
import { Bulks } from './bulk.ts'
import type { GivenConsent } from './consent.ts'
import type { Deeds } from './deeds.ts'
import { Drafts, type Draft, type Order } from './drafts.ts'
import { gateOf } from './gate.ts'
import { Giver } from './give.ts'
import { watchForSigns } from './lateSigns.ts'
import { Ledger } from './ledger.ts'
import { localCommands } from './local.ts'
import { Lock, type Unlocking } from './locks.ts'
import { offered } from './offered.ts'
import { readOnce } from './reads.ts'
import { Reconciler } from './reconcile.ts'
import { takeUp } from './recovery.ts'
import { shown } from './worked.ts'
import { Workshop } from './workshop.ts'

/** Between two tries to take up what is open, milliseconds: as often as the journal tries a disk that refuses. */
const TAKE_UP_AGAIN_MS = 5_000

/** What actions need of their engine. */
export interface ActionsOptions {
  store: Store
  connections: Connections
  feeds: FeedSet
  deeds: Deeds
  clock: Clock
  logger: Logger
  vault: Vault | null
  /** Which face of the console is acting. */
  host: ActionStep['host']
  who: () => Promise<string>
  profile: () => Profile
  isReadOnlyRun: boolean
  areActionsAllowed: boolean
  /** Why the disk refuses; null while it does not. */
  storeTrouble: () => string | null
  /** Resolves when all that was heard is on disk; fails when the disk refuses. */
  flushed: () => Promise<void>
}

/** Everything that an operator has done outside, from the offer to the day when it is settled. */
export class Actions {
  readonly bulks: Bulks
  readonly #options: ActionsOptions
  readonly #background
  readonly #end = new AbortController()
  readonly #ledger: Ledger
  readonly #lock: Lock
  readonly #workshop: Workshop
  readonly #drafts: Drafts
  readonly #approving: Approving
  readonly #giver: Giver
  readonly #reconciler: Reconciler

  constructor(options: ActionsOptions) {
    this.#options = options
    const { clock, logger } = options
    this.#background = trackBackground((name, reason) => {
      logger.error(`${name} failed.`, { reason: reason instanceof Error ? reason.message : String(reason) })
    })
    const gate = (): Gate => this.gate()
    const shared = { ...options, gate, inBackground: this.#background.run, signal: this.#end.signal }
    this.#drafts = new Drafts(clock)
    this.#ledger = new Ledger(shared)
    this.#lock = new Lock({ ...shared, ledger: this.#ledger })
    this.#workshop = new Workshop(shared)
    this.#approving = new Approving(shared)
    this.#reconciler = new Reconciler({ ...shared, ledger: this.#ledger })
    this.#giver = new Giver({
      ...shared,
      workshop: this.#workshop,
      ledger: this.#ledger,
      approving: this.#approving,
      onUnknown: (action) => {
        this.#reconciler.follow(action)
      },
    })
    this.bulks = new Bulks({
      ...shared,
      local: localCommands(shared),
      prepare: (order, lifeMs) => this.#draft(order, lifeMs),
      read: (order) => this.read(order),
      give: (draft, consent) => this.#giver.give(draft, consent),
    })
    const { signal } = this.#end
    const onSettled = (action: string): void => {
      this.#reconciler.leave(action)
    }
    const watching = watchForSigns({ ...options, ledger: this.#ledger, signal, onSettled })
    this.#background.run('Watching for signs of actions', watching)
  }

  /** Takes up what an earlier run, or a disk that refused, left open. Reads only; sends nothing again. */
  async takeUp(): Promise<void> {
    const { store } = this.#options
    const isUnderWay = (action: string): boolean => this.#giver.isUnderWay(action)
    for (const action of await takeUp({ store, ledger: this.#ledger, isUnderWay }))
      this.#reconciler.follow(action)
  }

  /** Another profile is about to be used: its lock is shut, and what was filled in for the one before is forgotten. */
  leaveProfile(): void {
    this.#lock.forget()
    this.#drafts.clear()
    this.#reconciler.close()
  }

  /** Whether commands that change something outside are accepted now. */
  gate(): Gate {
    const { profile, storeTrouble, clock, isReadOnlyRun, areActionsAllowed } = this.#options
    return gateOf({
      profile: profile(),
      isReadOnlyRun,
      areActionsAllowed,
      storeTrouble: storeTrouble(),
      unlockedUntilMs: this.#lock.untilMs(),
      nowMs: clock.nowMs(),
    })
  }

  /** The commands that an intent, or a connection without one, offers now. */
  offered(about: {
    intent?: string | undefined
    connection?: string | undefined
  }): Promise<{ gate: Gate; commands: OfferedCommand[] }> {
    return offered({ ...this.#options, gate: () => this.gate() }, about)
  }

  /** Runs a command that only reads. */
  read(order: Order): Promise<ActAnswer> {
    return readOnce(this.#workshop, order, this.#end.signal)
  }

  /** Fills a command in, on a reading of this moment; sends nothing. */
  async prepare(order: Order): Promise<Rehearsal> {
    return (await this.#draft(order)).rehearsal
  }

  /** The file to hand to a second person for a draft. */
  async approvalRequest(id: string): Promise<{ text: string }> {
    const { content } = this.#drafts.named(id)
    if (content === null)
      throw new Failure('closed', 'This draft was given already; there is nothing to approve.')
    return { text: await this.#approving.request(content.worked) }
  }

  /** Whose approval a text is for a draft; it stays good for it. Fails with `closed` and why where it does not hold now. */
  async approver(id: string, approval: string): Promise<Approver> {
    const { rehearsal } = this.#drafts.named(id)
    const { name, isSamePerson } = await this.#approving.approved(approval, rehearsal.hash)
    return { name, isSamePerson }
  }

  /** Sends a draft once, if it is still what was confirmed. */
  async give(id: string, consent: GivenConsent): Promise<ActAnswer> {
    return this.#giver.give(this.#drafts.named(id), consent)
  }

  /** Settles by a person's word what no reading has settled, or confirms that a late one was seen. */
  async resolve(word: { action: string; wasCarriedOut: boolean; reason: string }): Promise<ActionRecord> {
    const { store } = this.#options
    const action = await store.action(word.action)
    const canBe = action.state === 'unknown' || (action.isLate && word.wasCarriedOut)
    if (!canBe || this.#giver.isUnderWay(action.id)) {
      throw new Failure('closed', `This action stands at “${action.state}”, which nobody has to settle.`, {
        tip: action.state === 'sending' ? 'Wait for the answer.' : '',
      })
    }
    if (!isReason(word.reason))
      throw new Failure('usage', 'Settling an action takes the evidence as the reason.')
    const step = {
      action: action.id,
      kind: 'resolved',
      why: redact(word.reason.trim()),
      facts: { wasCarriedOut: word.wasCarriedOut ? 'yes' : 'no' },
    } as const
    const record = await this.#ledger.byPerson(step).catch(async (reason: unknown) => {
      const now = await store.action(action.id)
      if (now.state === action.state) throw reason
      // A sign, or another person, was quicker.
      throw new Failure('closed', `It was settled meanwhile, and stands at “${now.state}”: ${now.why}`)
    })
    this.#reconciler.leave(action.id)
    return record ?? store.action(action.id)
  }

  /** Unlocks a production profile for some minutes. */
  unlock(unlocking: Unlocking): Promise<Gate> {
    return this.#lock.unlock(unlocking)
  }

  /** Locks it again. */
  lock(): Promise<Gate> {
    return this.#lock.lock()
  }

  /** When each action whose outcome is unknown is read next, epoch milliseconds; those that nobody reads are left out. */
  planned(): Map<string, number> {
    return this.#reconciler.planned()
  }

  /** Ends reading and sending; resolves when what was under way is recorded. */
  async close(): Promise<void> {
    this.bulks.close()
    this.#reconciler.close()
    this.#lock.forget()
    this.#drafts.close()
    this.#end.abort()
    await Promise.all([this.#background.settled(), this.#giver.settled()])
  }

  async #takeUpLater(): Promise<void> {
    await this.#options.clock.sleep(TAKE_UP_AGAIN_MS, this.#end.signal)
    if (!this.#end.signal.aborted) await this.takeUp()
  }

  async #draft(order: Order, lifeMs?: number): Promise<Draft> {
    const { worked } = await this.#workshop.work(order)
    const pending = worked.command.effect === 'reads' ? null : await this.#workshop.pending(worked)
    const { approvals } = this.#options.profile()
    return this.#drafts.hold(shown(worked, { approvals, pending }), { order, worked }, lifeMs)
  }
}
