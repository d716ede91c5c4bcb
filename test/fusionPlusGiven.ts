import type { Command, Given } from '../electron/upstreams/command.ts'
import {
  fusionPlusSettings,
  type FusionPlusSettings,
} from '../electron/upstreams/oneinch-fusion-plus/index.ts'
import { unheardIntent } from '../shared/intent/fold.ts'
import { connectionId, intentIdOf } from '../shared/intent/ids.ts'
import type { Intent } from '../shared/intent/intent.ts'

/** The instant at which the commands of these tests are judged, epoch milliseconds. */
export const NOW_MS = 1_800_000_000_000
export const HASH = `0x${'0d'.repeat(32)}`

/** Timelocks of an order, seconds after each escrow's own creation. */
export const OFFSETS = {
  sourceWithdrawal: '36',
  sourcePublicWithdrawal: '168',
  sourceCancellation: '324',
  sourcePublicCancellation: '444',
  destinationWithdrawal: '12',
  destinationPublicWithdrawal: '132',
  destinationCancellation: '252',
}

const connection = connectionId('plus')
const alias = { kind: 'orderHash', value: HASH }

/** An order of which only this is known. */
export function orderWith(said: Partial<Intent>): Intent {
  const first = { atMs: NOW_MS, rank: 1, emittedAtMs: NOW_MS, receivedAtMs: NOW_MS, key: '' }
  const head = { id: intentIdOf(connection, alias), system: 'oneinch-fusion-plus', connection } as const
  return { ...unheardIntent(head, first), aliases: [alias], ...said }
}

/** What a command of Fusion+ is judged by; fails when its input is wrong. */
export function givenTo<Input>(
  command: Command<Input, FusionPlusSettings>,
  input: unknown,
  { intent = null, nowMs = NOW_MS }: { intent?: Intent | null; nowMs?: number } = {},
): Given<Input, FusionPlusSettings> {
  return {
    intent,
    connection: {
      id: connection,
      system: 'oneinch-fusion-plus',
      url: 'wss://api.1inch.com/fusion-plus/ws',
      restUrl: 'https://api.1inch.com',
      settings: fusionPlusSettings.parse({}),
    },
    nowMs,
    input: command.input.parse(input),
  }
}

/** Conditions that do not hold, with why and when they will. */
export async function conditionsAgainst<Input>(
  command: Command<Input, FusionPlusSettings>,
  given: Given<Input, FusionPlusSettings>,
): Promise<string[]> {
  const verdicts = [...command.preconditions, ...command.checks].map(async ({ name, check }) => {
    const { state, why = '', opensAtMs = null } = await check(given)
    return state === 'met'
      ? []
      : [`${name} ${state}${opensAtMs === null ? '' : ` until ${opensAtMs}`}: ${why}`]
  })
  return (await Promise.all(verdicts)).flat()
}
