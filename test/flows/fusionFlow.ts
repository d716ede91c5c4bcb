import type { IntentDetail } from '../../shared/api/row.ts'
import { bareFusion, type BareFusion } from '../bareFusion.ts'
import { until } from '../until.ts'
import { FlowBench } from './flowBench.ts'

/** When every intent of these flows was created, epoch milliseconds. */
export const T0 = 1_760_000_000_000

/** The connections of a console that watches one Fusion backend. */
export function fusionAt(url: string): object[] {
  return [{ id: 'fusion-test', system: 'fusion', url, credential: 'none' }]
}

/** A bare backend and a console that listens to it. */
export async function fusionFlow(): Promise<{ bench: FlowBench; server: BareFusion }> {
  const bench = new FlowBench()
  const server = bench.keep(await bareFusion())
  await bench.start(fusionAt(server.url))
  await bench.live()
  // A connection is live before the backend has its subscription.
  await until('the console to listen', () => server.listeners() === 1)
  return { bench, server }
}

/** The id of intent `n`. */
export function idOf(n: number): string {
  return `0x${n.toString(16).padStart(64, 'a')}`
}

/** What the backend says of intent `n`, `n` seconds after its creation. */
export function intent(n: number, status: string, more: object = {}): Record<string, unknown> {
  return {
    intentId: idOf(n),
    status,
    proofStatus: null,
    solver: null,
    fromChain: 84_532,
    toChain: 421_614,
    amount: '1000000000000000000',
    createdAt: new Date(T0).toISOString(),
    updatedAt: new Date(T0 + n * 1_000).toISOString(),
    timestamp: T0,
    ...more,
  }
}

/** A later word on an intent, `seconds` after its creation. */
export function later(n: number, status: string, seconds: number): Record<string, unknown> {
  return intent(n, status, { updatedAt: new Date(T0 + seconds * 1_000).toISOString() })
}

/** The words of an intent's timeline, in its order. */
export function statusesOf({ timeline }: IntentDetail): string[] {
  return timeline.map(({ status }) => status).filter((status) => status !== null)
}
