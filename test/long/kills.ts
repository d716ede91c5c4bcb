import { killingGround, type Moment } from '../durability/kills.ts'
import { seededRandom } from '../seededRandom.ts'

/**
 * Promise D1 in full: `node test/long/kills.ts [kills] [seed]` kills a console that takes in events two hundred times, at
 * random moments, before and after commits and in the middle of checkpoints, and compares the disk with what was shown.
 * Exit code 1 when something was lost or doubled, when a store has a problem, or when one took longer than 2 s to open.
 */
const kills = Number(process.argv[2] ?? 200)
const seed = Number(process.argv[3] ?? 1)

/** Kills on one data folder: enough that stores with a history are met, few enough that looking at all of it stays quick. */
const KILLS_A_FOLDER = 10

/** A random moment lies within this after the first event, milliseconds. */
const WITHIN_MS = 300

/** Longest that a store may take to open after a kill, milliseconds. */
const REOPEN_BAR_MS = 2_000

const random = seededRandom(seed)
const POINTS: readonly Moment[] = ['before commit', 'after commit', 'during checkpoint']
const bad: string[] = []
const reopens: number[] = []
const restarts: number[] = []
let shown = 0

for (let done = 0; done < kills;) {
  const ground = await killingGround()
  for (let n = 0; n < KILLS_A_FOLDER && done < kills; n += 1, done += 1) {
    const point = POINTS[done % (2 * POINTS.length)]
    const moment = point ?? Math.floor(random() * WITHIN_MS)
    const { lost, doubled, problems, shownCount, reopenMs, restartMs } = await ground.kill(moment)
    shown += shownCount
    reopens.push(reopenMs)
    restarts.push(restartMs)
    for (const what of [
      ...lost.map((id) => `lost ${id}`),
      ...doubled.map((id) => `doubled ${id}`),
      ...problems,
    ]) {
      bad.push(`kill ${done + 1}, ${String(moment)}: ${what}`)
      process.stdout.write(`wrong: ${bad.at(-1) ?? ''}\n`)
    }
  }
  await ground.close()
  process.stdout.write(`${done} kills, ${shown} events shown, ${bad.length} wrong\n`)
}

const early = await killingGround('early')
const { lost } = await early.kill('before commit')
await early.close()
const worst = Math.max(...reopens)
process.stdout.write(
  `seed ${seed}: opened again in ${middle(reopens)} ms (median), ${worst} ms (worst); whole process ${middle(restarts)} ms\n` +
    `control, shown before on disk: ${lost.length} events lost by one kill\n`,
)
process.exitCode = bad.length === 0 && lost.length > 0 && worst <= REOPEN_BAR_MS ? 0 : 1

function middle(values: readonly number[]): number {
  return Math.round([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0)
}
