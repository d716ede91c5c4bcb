import { describe, expect, it } from 'vitest'
import type { IntentDetail, TimelineEntry } from '../../../shared/api/row.ts'
import { connectionId, intentIdOf } from '../../../shared/intent/ids.ts'
import type { Vocabulary } from '../../../shared/intent/vocabulary.ts'
import { ticketPacket } from './ticketPacket.ts'

const T0 = Date.UTC(2026, 10, 21, 14, 0, 0)
const NOW = T0 + 600_000
const MAX = (2n ** 256n - 1n).toString()

const vocabulary: Vocabulary = {
  words: [
    {
      status: 'locking_source',
      phase: 'locking',
      rank: 1,
      label: 'Waiting for the lock',
      meaning: 'The lock is not there yet.',
      nextActor: 'maker',
      then: 'The maker locks, or nothing moves.',
      tell: 'Please confirm.',
      normalWaitMs: null,
    },
  ],
  stages: [],
  chains: { '1': { name: 'Chain one', family: 'evm' } },
}

const heard: TimelineEntry = {
  seq: 7,
  kind: 'statusClaimed',
  origin: 'push',
  atMs: T0,
  receivedAtMs: T0 + 60_000,
  status: 'locking_source',
  flags: ['late'],
  repeats: 2,
  lane: 'system',
  changes: [{ field: 'status', from: null, to: 'locking_source' }],
}

const gap: TimelineEntry = {
  ...heard,
  seq: 8,
  kind: 'gap',
  status: null,
  fromMs: T0 + 10_000,
  untilMs: T0 + 70_000,
  reason: 'the socket stalled',
  repairedAtMs: T0 + 80_000,
}

function detail(more: Partial<IntentDetail> = {}): IntentDetail {
  const connection = connectionId('test')
  const alias = { kind: 'intentId', value: `0x${'ab'.repeat(32)}` }
  const amount = { amountRaw: MAX, decimals: 18, decimalsOrigin: 'system', symbol: 'ETH' } as const
  const source = { chainId: 1, token: '0xtoken', amount }
  const destination = { chainId: 99, token: null, amount: { ...amount, decimals: null, symbol: null } }
  const shared = {
    id: intentIdOf(connection, alias),
    system: 'fusion',
    connection,
    status: 'locking_source',
    phase: 'locking',
    isTerminal: false,
    moneyAtRisk: false,
    createdAtMs: T0,
    updatedAtMs: T0,
    deadlines: [{ kind: 'sourceTimelock', atMs: NOW + 60_000 }],
    maker: '0xmaker',
    solver: null,
    source,
    destination,
  } as const
  const row = {
    ...shared,
    deadlines: [...shared.deadlines],
    version: 1,
    mainId: alias.value,
    phaseSinceMs: T0,
    lastHeardAtMs: T0,
    lastKind: 'statusClaimed',
    lastOrigin: 'push',
    overdueAtMs: null,
    isContradicted: false,
    isRemoved: false,
    isWatched: false,
    hasGap: true,
    noteCount: 0,
    silencedUntilMs: null,
  } as const
  return {
    ...shared,
    deadlines: [...shared.deadlines],
    aliases: [alias],
    stuck: null,
    contradictions: [],
    row: { ...row, deadlines: [...row.deadlines], situations: [], tags: [] },
    mentions: [],
    transactions: [{ label: 'sourceLock', chainId: 1, hash: '0xhash' }],
    proofStatus: null,
    failures: {},
    details: {},
    panels: [],
    course: [],
    stages: [],
    notes: [],
    silence: null,
    fundsLockedAtMs: null,
    fundsReleasedAtMs: null,
    isNotFound: false,
    timeline: [heard, gap],
    ...more,
  }
}

function packet(more: Partial<IntentDetail> = {}): string {
  return ticketPacket({ intent: detail(more), vocabulary, systemLabel: 'Test system', nowMs: NOW })
}

describe('ticketPacket', () => {
  it('carries whole ids and hashes, never shortened ones', () => {
    expect(packet()).toContain(`0x${'ab'.repeat(32)}`)
    expect(packet()).toContain('Source lock: 0xhash on Chain one')
    expect(packet()).not.toContain('…')
  })

  it('keeps amounts exact, with base units beside them, and says where decimals are not known', () => {
    expect(packet()).toContain(`(${MAX} base units) on Chain one, token 0xtoken`)
    expect(packet()).toMatch(/Receives: [\d\s]+ base units on chain 99/)
  })

  it('says each deadline once, also when it has passed', () => {
    const deadlines = [{ kind: 'sourceTimelock', atMs: NOW - 60_000 }]
    expect(packet({ deadlines }).match(/Source timelock/g)).toHaveLength(1)
  })

  it('says who acts next and by when', () => {
    expect(packet()).toContain(
      'Next: maker, by 2026-11-21 14:11:00 UTC (in 1 min). The maker locks, or nothing moves.',
    )
  })

  it('writes each entry in UTC with its word, origin, flags and the time it was heard', () => {
    expect(packet()).toContain(
      '2026-11-21 14:00:00 UTC  Waiting for the lock [locking_source] (push, late, heard 2026-11-21 14:01:00 UTC, said 3 times)',
    )
  })

  it('writes a gap with both bounds, its reason and its repair', () => {
    expect(packet()).toContain(
      '2026-11-21 14:00:10 UTC  Not listening until 2026-11-21 14:01:10 UTC (1 min). The socket stalled. Read again 2026-11-21 14:01:20 UTC.',
    )
    const open = packet({ timeline: [{ ...gap, untilMs: null, repairedAtMs: null }] })
    expect(open).toContain('Not listening until now. The socket stalled. Not read again yet.')
  })

  it('shows answers that disagree only when there are some', () => {
    const claims = [
      { value: 'done', origin: 'push', atMs: T0 },
      { value: 'open', origin: 'poll', atMs: T0 + 1_000 },
    ] as const
    expect(packet()).not.toContain('Answers that disagree')
    expect(packet({ contradictions: [{ field: 'status', claims: [...claims] }] })).toContain(
      'Status: open (poll, 2026-11-21 14:00:01 UTC)',
    )
  })
})
