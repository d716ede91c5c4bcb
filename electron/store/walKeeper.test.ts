import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { logFile } from './files.ts'
import { scratchStore } from './testing/scratch.ts'
import { tinyEvent } from './testing/tinySystem.ts'

test('the log stays short when it is moved between batches, however much is written', () => {
  using scratch = scratchStore()
  const walBytes = () => statSync(logFile(scratch.dataDir)).size
  const note = 'x'.repeat(20_000)
  const write = (round: number) => {
    const events = Array.from({ length: 300 }, (_, n) => tinyEvent({ ids: [`a${round}-${n}`], note }, n))
    scratch.store.append(events)
  }
  write(0)
  const oneRound = walBytes()
  expect(oneRound).toBeGreaterThan(8 * 2 ** 20)
  for (let round = 1; round < 6; round += 1) {
    while (scratch.store.idle());
    write(round)
  }
  expect(walBytes()).toBeLessThan(2 * oneRound)
})
