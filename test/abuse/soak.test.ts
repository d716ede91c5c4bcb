import { expect, it } from 'vitest'
import { growing, soak, type SoakOptions } from './soak.ts'

/** A few seconds of what `node test/long/soak.ts` does for ten minutes, with a drop in every third of it. */
const SHORT: SoakOptions = { seconds: 9, lookEverySec: 0.5, perSecond: 600, dropEverySec: 2 }

/** One reconnect is under way at some looks and not at others. */
const SLACK = { fds: 6, timers: 8, listeners: 0 }

it('holds no more files, timers and listeners the longer it runs', async () => {
  const looks = await soak(SHORT)
  expect(looks.at(-1)?.storedCount).toBeGreaterThan(looks[0]?.storedCount ?? Infinity)
  expect(looks.at(-1)?.gaps).toBeGreaterThan(1)
  expect(growing(looks, SLACK)).toEqual([])
}, 60_000)

it('control: one timer and one listener left behind per batch are noticed', async () => {
  const leaks: (() => void)[] = []
  const looks = await soak({
    ...SHORT,
    wrap: (store) => ({
      ...store,
      append: (batch) => {
        const listener = (): void => undefined
        const timer = setInterval(listener, 60_000)
        process.on('SIGUSR2', listener)
        leaks.push(() => {
          clearInterval(timer)
          process.off('SIGUSR2', listener)
        })
        return store.append(batch)
      },
    }),
  })
  for (const mend of leaks) mend()
  expect(growing(looks, SLACK)).toEqual(['timers', 'listeners'])
}, 60_000)
