import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { EDITION } from './edition.ts'
import { SANDBOX_SYSTEMS, startSandbox } from './index.ts'
import { settableClock } from './kit/clock.ts'

/** What seed 1 tells, by edition. Whoever changes it raises the edition and writes the new digest here. */
const DIGESTS: Record<number, string> = {
  1: 'e584108dc72abc476596bee3171acd87721d44f4ea5e6a52dfb865cb5411a05c',
}

async function digestOf(seed: number): Promise<string> {
  const clock = settableClock(1_800_000_000_000)
  const { world, history, close } = await startSandbox({ seed, rate: 20, clock })
  clock.advanceBy(60_000)
  const hash = createHash('sha256')
  for (const system of SANDBOX_SYSTEMS) hash.update(JSON.stringify(history[system].events))
  hash.update(
    JSON.stringify([...world.intents()], (_, value: unknown) =>
      typeof value === 'bigint' ? `${value}` : value,
    ),
  )
  await close()
  return hash.digest('hex')
}

it('tells in this edition what it has always told in it', async () => {
  expect(await digestOf(1)).toBe(DIGESTS[EDITION])
})

it('control: another story has another digest', async () => {
  expect(await digestOf(2)).not.toBe(DIGESTS[EDITION])
})
