import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { openLocalStore } from '../../electron/store/localStore.ts'
import { scratchFolder } from '../../electron/store/testing/scratch.ts'
import { tinyRegister } from '../../electron/store/testing/tinySystem.ts'

/** Some starts of Node, on a machine that does other things too. */
const LIMIT = { timeout: 60_000 }

/** Steps after which a process is killed from outside, somewhere in the next. */
const STEPS_BEFORE_KILL = 20

type Moment = 'before commit' | 'after commit' | 'anywhere'

/** What a run of a process that was killed came to. */
interface Outcome {
  /** Places that were said to be recorded and are not in the ledger. */
  lost: number[]
  /** Steps beyond the last that was said. */
  unsaidCount: number
  saidCount: number
  problems: string[]
}

/** Runs a process that records until it is killed, and looks at what it left. */
async function kill(dataDir: string, moment: Moment, how = ''): Promise<Outcome> {
  const root = new URL('stepRoot.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [root, dataDir, moment, how], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const said: number[] = []
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (said.push(Number(line)) === STEPS_BEFORE_KILL) child.kill('SIGKILL')
  })
  await once(child, 'close')
  expect(child.signalCode).toBe('SIGKILL')
  const store = openLocalStore({ dataDir, mode: 'write' }, tinyRegister)
  const kept = store.actionSteps({ after: 0, limit: 100_000 }).map(({ seq }) => seq)
  const problems = store.verify().problems.map(({ where, what }) => `${where}: ${what}`)
  store.close()
  return {
    lost: said.filter((seq) => !kept.includes(seq)),
    unsaidCount: kept.filter((seq) => seq > Math.max(...said)).length,
    saidCount: said.length,
    problems,
  }
}

test(
  'no step that was recorded is lost when the console is killed, and none is there by half',
  LIMIT,
  async () => {
    using folder = scratchFolder()
    for (const [moment, unsaidCount] of [
      ['before commit', 0],
      ['after commit', 1],
      ['before commit', 0],
    ] as const) {
      const outcome = await kill(folder.dataDir, moment)
      expect(outcome).toMatchObject({ lost: [], unsaidCount, problems: [] })
      expect(outcome.saidCount).toBeGreaterThan(0)
    }
    expect(await kill(folder.dataDir, 'anywhere')).toMatchObject({ lost: [], problems: [] })
  },
)

test('the control: a console that says so before it has recorded a step is caught', LIMIT, async () => {
  using folder = scratchFolder()
  const { lost, problems } = await kill(folder.dataDir, 'before commit', 'early')
  expect(lost).toHaveLength(1)
  expect(problems).toEqual([])
})
