import type { Random } from '../kit/random.ts'

type Kind = (body: Record<string, unknown>, random: Random) => string

/** An answer about an intent that breaks the contract, as text of its body. */
export function garble(body: Record<string, unknown>, random: Random): string {
  return random.pick(KINDS)(body, random)
}

/** A kind that replaces some fields. */
function withFields(fields: (random: Random) => Record<string, unknown>): Kind {
  return (body, random) => JSON.stringify({ ...body, ...fields(random) })
}

const KINDS: readonly Kind[] = [
  (_body, random) => random.pick(['', 'null', 'true', '42', '"Finished"', '[]', '{', '{}', '1e400']),
  (body) => JSON.stringify(body).slice(0, -20),
  () => '<html><body>Bad gateway</body></html>',
  withFields((random) => ({
    status: random.pick([null, 7, {}, '', 'FINISHED', 'Teleported', ['Finished']]),
  })),
  withFields((random) => ({ intent_id: random.pick([null, 7, '', {}, '../../x', '\u202e1234']) })),
  withFields((random) => ({ from_amount_lots: random.pick(['-1', '1.5', '1e18', 'NaN', {}, [1]]) })),
  withFields((random) => ({ from_network_id: random.pick([-1, 1.5, 'Ethereum', null, [1]]) })),
  withFields((random) => ({ swap_metadata: random.pick([[], 'none', 7, { created_at: 'yesterday' }]) })),
  withFields((random) => ({ from: random.pick([null, [], 'Ethereum', { decimals: -1, amount: '1e3' }]) })),
  withFields((random) => ({ approval_type: random.pick(['passkey', null, 7]), bridge_hint: { lane: 4 } })),
  (body) => `{"to_min_amount_lots":${'9'.repeat(70)},${JSON.stringify(body).slice(1)}`,
  (body) => `{"__proto__":{"status":"Finished"},${JSON.stringify(body).slice(1)}`,
  (body) => `{"note":${'['.repeat(5_000)}${']'.repeat(5_000)},${JSON.stringify(body).slice(1)}`,
]
