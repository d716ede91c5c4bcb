import { describe, expect, it } from 'vitest'
import { facts, HASH, ID, intentOf } from '../../../test/fusionFacts.ts'

describe('transactions', () => {
  it.each([
    {
      name: 'an object',
      txHashes: { sourceLock: HASH, destLock: HASH },
      labels: ['sourceLock', 'destLock'],
      chains: [421_614, 84_532],
    },
    {
      name: 'a list',
      txHashes: [HASH, { type: 'refund', hash: HASH, chainId: 84_532 }],
      labels: ['transaction 1', 'refund'],
      chains: [null, 84_532],
    },
    {
      name: 'nested objects',
      txHashes: { source: { lock: HASH, claim: null } },
      labels: ['source lock'],
      chains: [421_614],
    },
    { name: 'a text', txHashes: HASH, labels: ['transaction'], chains: [null] },
    { name: 'null', txHashes: null, labels: [], chains: [] },
  ])('are read from $name', ({ txHashes, labels, chains }) => {
    const event = { intentId: ID, status: 'executing', fromChain: 421_614, toChain: 84_532, txHashes }
    const fact = intentOf(facts('intent:status', event))
    const refs = fact.learned.transactions ?? []
    expect(refs.map((ref) => ref.label)).toEqual(labels)
    expect(refs.map((ref) => ref.chainId)).toEqual(chains)
    expect(fact.mentions.filter(({ kind }) => kind === 'transaction')).toHaveLength(labels.length)
  })
})
