import { os } from '@orpc/server'
import { z } from 'zod'

/** How a call of `wait` is going. */
export interface Waits {
  begun: number
  aborted: number
}

/** A router of the suite's own, so that carriers are tested apart from the console. */
export function sampleRouter(waits: Waits = { begun: 0, aborted: 0 }) {
  return {
    /** Answers with what it was given. */
    echo: os
      .input(z.unknown())
      .handler(({ input }) => ({ input, type: input === null ? 'null' : typeof input })),
    number: os.input(z.object({ value: z.number() })).handler(({ input }) => input.value + 1),
    /** Answers after as many turns of the loop as asked. */
    later: os.input(z.object({ turns: z.number(), tag: z.number() })).handler(async ({ input }) => {
      for (let turn = 0; turn < input.turns; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      return input.tag
    }),
    rows: os.input(z.object({ count: z.number() })).handler(({ input }) =>
      Array.from({ length: input.count }, (_, row) => ({
        row,
        text: 'x'.repeat(200),
        amount: 2n ** 256n - 1n,
      })),
    ),
    /** The next numbers after a cursor, at most 7 at a time. */
    after: os
      .input(z.object({ since: z.number() }))
      .handler(({ input }) =>
        Array.from({ length: 7 }, (_, at) => input.since + at + 1).filter((n) => n <= 100),
      ),
    /** Never answers by itself. */
    wait: os.handler(
      ({ signal }) =>
        new Promise<string>((resolve) => {
          waits.begun += 1
          signal?.addEventListener('abort', () => {
            waits.aborted += 1
            resolve('aborted')
          })
        }),
    ),
    broken: os.handler(() => {
      throw new Error('secret detail at /home/somebody')
    }),
  }
}

/** What `sampleRouter` makes. */
export type SampleRouter = ReturnType<typeof sampleRouter>
