import { describe, expect, it } from 'vitest'
import type { Learned } from './fact.ts'
import { foldFacts } from './fold.ts'
import { head, heard, T0 } from './testSystem.ts'

const learning = (...learned: Learned[]) =>
  foldFacts(
    head,
    learned.map((one, at) => heard({ at: at * 1_000, learned: one })),
  )

const raw = (amountRaw: string) => ({
  amountRaw,
  decimals: null,
  decimalsOrigin: 'unknown' as const,
  symbol: null,
})

describe('what never changes in truth', () => {
  it('shows the newest of two values and keeps both, with who said them', () => {
    const intent = learning({ maker: '0xA1' }, { maker: '0xB2' })
    expect(intent.maker).toBe('0xB2')
    expect(intent.contradictions).toEqual([
      {
        field: 'maker',
        claims: [
          { value: '0xA1', origin: 'push', atMs: T0 },
          { value: '0xB2', origin: 'push', atMs: T0 + 1_000 },
        ],
      },
    ])
  })

  it('keeps every value once, the newest last', () => {
    const intent = learning({ maker: 'A' }, { maker: 'B' }, { maker: 'C' }, { maker: 'A' })
    expect(intent.contradictions[0]?.claims.map(({ value }) => value)).toEqual(['B', 'C', 'A'])
    expect(intent.maker).toBe('A')
  })

  it('is not contradicted by another letter case, a repetition or silence', () => {
    const intent = learning(
      { maker: '0xAb' },
      { maker: '0xaB' },
      { source: { chainId: null, token: null, amount: null } },
      {},
    )
    expect(intent.contradictions).toEqual([])
    expect(intent.maker).toBe('0xaB')
  })

  it('is told for both ends: chain, token and amount', () => {
    const intent = learning(
      {
        source: { chainId: 1, token: 'X', amount: raw('5') },
        destination: { chainId: 2, token: 'Y', amount: raw('7') },
      },
      {
        source: { chainId: 3, token: 'Z', amount: raw('6') },
        destination: { chainId: 4, token: 'W', amount: raw('8') },
      },
    )
    expect(intent.contradictions.map(({ field }) => field)).toEqual([
      'sourceChain',
      'sourceToken',
      'sourceAmount',
      'destinationChain',
      'destinationToken',
      'destinationAmount',
    ])
    expect(intent.source).toEqual({ chainId: 3, token: 'Z', amount: raw('6') })
  })

  it('keeps decimals and symbol that a later reading leaves out', () => {
    const exact = { amountRaw: '5', decimals: 6, decimalsOrigin: 'system', symbol: 'USDC' } as const
    expect(learning({ source: { amount: exact } }, { source: { amount: raw('5') } }).source.amount).toEqual(
      exact,
    )
  })
})

describe('what may change', () => {
  it('lets go of a solver, without a contradiction when another comes', () => {
    expect(learning({ solver: 'S1' }, { solver: null }).solver).toBeNull()
    const intent = learning({ solver: 'S1' }, {}, { solver: 'S2' })
    expect(intent).toMatchObject({ solver: 'S2', contradictions: [] })
  })

  it('merges deadlines by kind, failures and details by name, transactions by label and hash', () => {
    const intent = learning(
      {
        deadlines: [
          { kind: 'a', atMs: 1 },
          { kind: 'b', atMs: 2 },
        ],
        failures: { error: 'x' },
        details: { k: '1' },
        transactions: [{ label: 'lock', chainId: null, hash: '0xAA' }],
      },
      {
        deadlines: [{ kind: 'a', atMs: 9 }],
        failures: { failureReason: 'y' },
        details: { k: '2' },
        transactions: [
          { label: 'lock', chainId: 5, hash: '0xaa' },
          { label: 'claim', chainId: 5, hash: '0xaa' },
        ],
      },
    )
    expect(intent.deadlines).toEqual([
      { kind: 'a', atMs: 9 },
      { kind: 'b', atMs: 2 },
    ])
    expect(intent.failures).toEqual({ error: 'x', failureReason: 'y' })
    expect(intent.details).toEqual({ k: '2' })
    expect(intent.transactions).toEqual([
      { label: 'lock', chainId: 5, hash: '0xAA' },
      { label: 'claim', chainId: 5, hash: '0xaa' },
    ])
  })

  it('never loses a proof status to null', () => {
    expect(learning({ proofStatus: 'verified' }, { proofStatus: null }).proofStatus).toBe('verified')
  })

  it('gathers aliases and mentions in the order first heard, letter case aside', () => {
    const named = (...values: string[]) => values.map((value) => ({ kind: 'intentId', value }))
    const intent = foldFacts(head, [
      heard({ at: 2, aliases: named('0xB', '0xa') }),
      heard({ at: 1, aliases: named('0xA'), mentions: [{ kind: 'maker', value: '0xM' }] }),
      heard({
        at: 3,
        mentions: [
          { kind: 'maker', value: '0xm' },
          { kind: 'solver', value: '0xm' },
        ],
      }),
    ])
    expect(intent.aliases.map(({ value }) => value)).toEqual(['0xA', '0xB', '0xABC'])
    expect(intent.mentions).toEqual([
      { kind: 'maker', value: '0xM' },
      { kind: 'solver', value: '0xm' },
    ])
  })
})
