import { honest, outcomeOf } from '../abuse/shuffles.ts'

/**
 * Promise D4 in full: `node test/long/shuffles.ts [seeds]` puts a thousand histories through the real store in five
 * orders each and compares the conclusions. Exit code 1 with the seeds that differ.
 */
const seeds = Number(process.argv[2] ?? 1_000)
const bad: string[] = []
for (let seed = 1; seed <= seeds; seed += 1) {
  const { straight, others, statusCount, changeCount } = outcomeOf(seed, honest)
  for (const [how, hash] of Object.entries(others)) if (hash !== straight) bad.push(`seed ${seed}, ${how}`)
  if (statusCount !== changeCount) bad.push(`seed ${seed}: ${changeCount} changes, ${statusCount} entries`)
  if (seed % 100 === 0) process.stdout.write(`${seed} seeds, ${bad.length} differences\n`)
}
for (const line of bad) process.stdout.write(`differs: ${line}\n`)
process.exitCode = bad.length === 0 ? 0 : 1
