import type { Store } from '../../electron/store/store.ts'
import type { Rehearsal } from '../../shared/api/action.ts'
import { bareFlashnet, type BareFlashnet } from '../bareFlashnet.ts'
import { CHAIN_ID, flashnetWallet, SATS, TOKENS } from '../flashnetWallet.ts'
import { ActingBench } from './actingBench.ts'

/** The key that shows who submits, and that signs. */
export const KEY = '7c'.repeat(32)
const KEY_NAME = 'FLOW_FLASHNET_ACTOR'
/** Where the profile says that the key is. */
export const KEY_PLACE = `env:${KEY_NAME}`
/** Whom the deposits here pay. */
export const RECIPIENT = `0x${'A1'.repeat(20)}`
/** The id that the gateway gives to any content. */
export const CONTENT = '5e'.repeat(32)
const MINUTE_MS = 60_000

/** The wallet of that key. */
export const wallet = flashnetWallet(KEY)

/** A submission that the gateway may have. */
export const SUBMISSION = '7d1f0c52-1a2b-4c3d-8e4f-5a6b7c8d9e0f'

/** How long what is signed here holds, milliseconds. */
export const HOLDS_MS = 15 * MINUTE_MS

/** A bench whose operator submits to a gateway. */
export class FlashnetActing extends ActingBench {
  constructor() {
    super()
    process.env[KEY_NAME] = KEY
  }

  override async close(): Promise<void> {
    await super.close()
    process.env[KEY_NAME] = ''
  }

  /** A gateway that has nothing yet, and the console that watches it. */
  async gatewayWith(
    settings: object = {},
    credential = KEY_PLACE,
    wrap?: (store: Store) => Store,
  ): Promise<BareFlashnet> {
    const gateway = this.keep(await bareFlashnet())
    const entry = { id: 'flash', system: 'flashnet', url: gateway.url, credential }
    await this.start([{ ...entry, settings: { chainId: CHAIN_ID, ...settings } }], wrap)
    await this.live()
    return gateway
  }

  /** Rehearses the submission of a signed file. */
  rehearsed(input: object, command = 'submitSignedIntent', intent?: string): Promise<Rehearsal> {
    const about = intent === undefined ? { connection: 'flash' } : { intent }
    return this.client.actions.prepare({ command, ...about, input: { ...input } })
  }
}

/** The gateway takes whatever comes and names it. */
export function takeAs(gateway: BareFlashnet, submissionId: string): void {
  gateway.carryOut = () => [
    200,
    JSON.stringify({ submissionId, intentId: `0x${CONTENT}`, status: 'accepted' }),
  ]
}

/** What the gateway says of a submission from now on. */
export function say(
  gateway: BareFlashnet,
  submissionId: string,
  said: { status: string; intentId?: string },
): void {
  const at = new Date().toISOString()
  const body = { submissionId, intentId: CONTENT, createdAt: at, updatedAt: at, ...said }
  gateway.submissions.set(submissionId, JSON.stringify(body))
}

/** A deposit of both transfers, signed. */
export function deposit(): Record<string, unknown> {
  return wallet.deposit(Date.now() + HOLDS_MS, RECIPIENT, [SATS, TOKENS])
}
