import type { ActionHead } from '../../../shared/api/action.ts'
import { Failure } from '../../../shared/api/failure.ts'
import type { Profile } from '../../../shared/api/profile.ts'
import type { Store } from '../../store/store.ts'
import type { Clock } from '../../upstreams/kit/clock.ts'
import type { Vault } from '../../vault/vault.ts'
import { approvalRequestText, checkApproval, type CheckedApproval } from './approvals.ts'
import type { Worked } from './worked.ts'

/** What a second person's approval is asked for and checked with. */
export interface ApprovingSources {
  store: Pick<Store, 'actionSteps'>
  /** Holds the identities; null where the host keeps no credentials. */
  vault: Vault | null
  profile: () => Profile
  clock: Clock
  who: () => Promise<string>
}

/** Rows of the ledger read at once. */
const PAGE = 1_000

/** Asks for approvals and checks them; each is good for one command, once. */
export class Approving {
  readonly #sources: ApprovingSources
  /** Nonces of approvals that were used; null before the ledger was read. */
  #used: Promise<Set<string>> | null = null

  constructor(sources: ApprovingSources) {
    this.#sources = sources
  }

  /** The file to hand to a second person. Fails with `closed` where no identity can be had. */
  async request({ canonical }: Worked): Promise<string> {
    const { clock, who } = this.#sources
    const requestedBy = await this.#identities().own(await who())
    return approvalRequestText({ canonical, requestedBy, nowMs: clock.nowMs() })
  }

  /** Whose approval a text is for what has this hash. Fails with `closed` and why when it is not good. */
  async approved(text: string | null, hash: string): Promise<CheckedApproval> {
    if (text === null) {
      throw new Failure('closed', 'The profile asks for a second person, and nobody has approved this.', {
        tip: 'Save the request, have it approved, and give the file.',
      })
    }
    const { profile, clock } = this.#sources
    const [usedNonces, held] = await Promise.all([this.#usedBefore(), this.#identities().held()])
    return checkApproval({
      text,
      hash,
      profile: profile(),
      nowMs: clock.nowMs(),
      usedNonces,
      ownPublicKey: held[0]?.publicKey ?? null,
      heldPublicKeys: held.map(({ publicKey }) => publicKey),
    })
  }

  /** An approval was recorded with the action that it is for: it is good for no other. */
  async used({ nonce }: NonNullable<ActionHead['approval']>): Promise<void> {
    const used = await this.#usedBefore()
    used.add(nonce)
  }

  /** Read once; a ledger that could not be read is read again by whoever asks next. */
  #usedBefore(): Promise<Set<string>> {
    this.#used ??= this.#usedNonces().catch((reason: unknown) => {
      this.#used = null
      throw reason
    })
    return this.#used
  }

  async #usedNonces(): Promise<Set<string>> {
    const used = new Set<string>()
    for (let after = 0; ;) {
      const steps = await this.#sources.store.actionSteps({ after, limit: PAGE })
      for (const { head, kind } of steps) {
        const nonce = kind === 'sending' ? head?.approval?.nonce : undefined
        if (nonce !== undefined) used.add(nonce)
      }
      const last = steps.at(-1)
      if (last === undefined) return used
      after = last.seq
    }
  }

  #identities(): Vault['identities'] {
    const { vault } = this.#sources
    if (vault !== null) return vault.identities
    throw new Failure('closed', 'This host keeps no identities, so nobody can be asked to approve here.')
  }
}
