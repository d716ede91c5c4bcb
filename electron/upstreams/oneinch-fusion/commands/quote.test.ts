import { describe, expect, it } from 'vitest'
import { unheardIntent } from '../../../../shared/intent/fold.ts'
import { connectionId, intentIdOf } from '../../../../shared/intent/ids.ts'
import type { Given } from '../../command.ts'
import { oneinchFusionSettings, type OneinchFusionSettings } from '../index.ts'
import { quote } from './quote.ts'

const NOW_MS = 1_800_000_000_000
const amount = (amountRaw: string) =>
  ({ amountRaw, decimals: null, decimalsOrigin: 'unknown', symbol: null }) as const

function known(settings: object = { chainId: 10 }): Given<Record<string, never>, OneinchFusionSettings> {
  const connection = connectionId('eth')
  const alias = { kind: 'orderHash', value: '0x0d' }
  const key = { atMs: NOW_MS, rank: 1, emittedAtMs: NOW_MS, receivedAtMs: NOW_MS, key: '' }
  return {
    intent: {
      ...unheardIntent({ id: intentIdOf(connection, alias), system: 'oneinch-fusion', connection }, key),
      aliases: [alias],
      maker: '0xMaker',
      source: { chainId: 10, token: '0xSell', amount: amount('7') },
      destination: { chainId: 10, token: '0xBuy', amount: amount('90') },
    },
    connection: {
      id: connection,
      system: 'oneinch-fusion',
      url: 'wss://api.1inch.com/fusion/ws',
      restUrl: null,
      settings: oneinchFusionSettings.parse(settings),
    },
    nowMs: NOW_MS,
    input: {},
  }
}

describe('what is asked', () => {
  it('is the intent’s own swap, at the path of the SDK and on the chain of the connection', () => {
    expect(quote.request(known())).toMatchObject({
      method: 'GET',
      url: 'https://api.1inch.com/fusion/quoter/v2.0/10/quote/receive/?fromTokenAddress=0xSell&toTokenAddress=0xBuy&amount=7&walletAddress=0xMaker&surplus=true',
      body: null,
      secretHeaders: ['authorization'],
    })
    expect(quote.subject(known())).toBe('0x0d')
  })

  it('is open on an EVM chain and closed on Solana', async () => {
    const states = async (settings: object): Promise<string[]> =>
      Promise.all(quote.preconditions.map(async ({ check }) => (await check(known(settings))).state))
    expect(await states({ chainId: 10 })).toEqual(['met', 'met'])
    expect(await states({ solana: true })).toEqual(['unmet', 'met'])
  })
})

describe('the answer', () => {
  it('is compared in base units where nobody knows the decimals', () => {
    const text =
      '{"recommended_preset":"fast","presets":{"fast":{"auctionStartAmount":"100","auctionEndAmount":"95"}}}'
    const { why } = quote.judge({ httpStatus: 200, text, atMs: NOW_MS }, known())
    expect(why).toBe(
      'Offered now: 95 base units to 100 base units (preset fast). The order asks for at least 90 base units, 5.26 % less than the least.',
    )
  })
})
