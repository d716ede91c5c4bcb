import { expect, test } from 'vitest'
import type { Amount } from '../../../../shared/intent/amount.ts'
import type { Panel } from '../../../../shared/intent/panel.ts'
import { panelLines } from './panelText.ts'

const NOW = Date.UTC(2026, 10, 21, 14, 0, 0)

const usdc = (amountRaw: string): Amount => ({
  amountRaw,
  decimals: 6,
  decimalsOrigin: 'list',
  symbol: 'USDC',
})

test('every kind of block and value is said, in full', () => {
  const panel: Panel = {
    title: 'Auction',
    blocks: [
      {
        is: 'facts',
        rows: [
          { label: 'Resolver', value: { is: 'id', value: `0x${'ab'.repeat(20)}`, what: 'resolver' } },
          { label: 'Ends', value: { is: 'instant', atMs: NOW + 60_000 } },
          { label: 'State', value: { is: 'state', tone: 'calm', text: 'Running' } },
        ],
      },
      {
        is: 'curve',
        caption: 'Rate',
        unit: 'USDC per ETH',
        points: [
          { atMs: NOW - 60_000, value: '3000' },
          { atMs: NOW + 60_000, value: '2900' },
        ],
      },
      { is: 'progress', caption: 'Filled', done: usdc('1500000'), total: usdc('4000000') },
      {
        is: 'table',
        caption: 'Fills',
        columns: ['Fill', 'Given'],
        rows: [
          [
            { is: 'text', text: '1' },
            { is: 'amount', amount: usdc('1500000') },
          ],
        ],
        empty: 'none yet',
      },
      { is: 'table', caption: 'Escrows', columns: ['Side'], rows: [], empty: 'none yet' },
      { is: 'note', text: 'Nothing is locked.' },
    ],
  }
  expect(panelLines(panel, NOW)).toEqual([
    `Resolver: 0x${'ab'.repeat(20)}`,
    'Ends: 2026-11-21 14:01:00 UTC (in 1 min)',
    'State: Running',
    'Rate: 2950 USDC per ETH now; at its end, 2026-11-21 14:01:00 UTC (in 1 min), 2900 USDC per ETH',
    'Filled: 1.5 USDC of 4 USDC',
    'Fills:',
    '  Fill: 1; Given: 1.5 USDC',
    'Escrows: none yet',
    'Nothing is locked.',
  ])
})

test('a curve without a readable value says so', () => {
  const panel: Panel = {
    title: 'Auction',
    blocks: [{ is: 'curve', caption: 'Rate', unit: '', points: [{ atMs: NOW, value: 'soon' }] }],
  }
  expect(panelLines(panel, NOW)).toEqual(['Rate: not known'])
})
