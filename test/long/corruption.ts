import { damaged, unnoticedWithoutChecksums } from '../durability/corruption.ts'
import { flippedBit, flippedLogBit, truncated, zeroedPage } from '../durability/damages.ts'
import { makeImages } from '../durability/images.ts'

/**
 * Promise D10 in full: `node test/long/corruption.ts` opens a store after each of 300 flipped bits, 60 zeroed pages and
 * 30 truncations, closed in order and after a crash, and 60 flipped bits of a log. Exit code 1 when one was not noticed.
 */
using images = makeImages()
const rounds = [
  ['closed', flippedBit, 300],
  ['crashed', flippedBit, 300],
  ['closed', zeroedPage, 60],
  ['crashed', zeroedPage, 60],
  ['closed', truncated, 30],
  ['crashed', truncated, 30],
  ['crashed', flippedLogBit, 60],
] as const
let wrongCount = 0
for (const [image, damage, times] of rounds) {
  const { outcomes, wrong } = damaged(images, { image, damage, times })
  wrongCount += wrong.length
  process.stdout.write(`${image}, ${damage.name}: ${times} times, ${JSON.stringify(outcomes)}\n`)
  for (const line of wrong) process.stdout.write(`  wrong: ${line}\n`)
}
const unnoticed = unnoticedWithoutChecksums(images, flippedBit, 300)
process.stdout.write(
  `control, without checksums: ${unnoticed} of 300 flipped bits changed an event unnoticed\n`,
)
process.exitCode = wrongCount === 0 && unnoticed > 0 ? 0 : 1
