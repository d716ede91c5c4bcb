import { survive } from '../abuse/malformed.ts'
import { eagerly } from './eager.ts'

/**
 * Promise D5 in full: `node test/long/malformed.ts [frames]` sends 100,000 malformed frames at a real console, a good
 * one after every tenth. Prints what came of it; exit code 1 when anything good is missing, anything was unhandled, or
 * memory grew by 50 MB or more. The loop's delay is printed and not judged: the machine may be busy with other things.
 */
await eagerly(async () => {
  const count = Number(process.argv[2] ?? 100_000)
  const { missing, unhandled, ...figures } = await survive(count, Math.round(count / 5))
  const said = { ...figures, missing: missing.length, unhandled }
  process.stdout.write(`${JSON.stringify(said, null, 2)}\n`)
  const isGood = missing.length === 0 && unhandled.length === 0 && figures.isLive
  return isGood && figures.rssGrowthMb < 50 ? 0 : 1
})
