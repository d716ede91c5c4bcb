import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLocalStore, type LocalStore } from '../store/localStore.ts'
import { scratchFolder } from '../store/testing/scratch.ts'
import { sendingOf, stepOfAction } from '../store/testing/steps.ts'
import { tinyRegister } from '../store/testing/tinySystem.ts'
import { systemClock } from '../upstreams/kit/clock.ts'
import { buildAround } from './build.ts'
import { runCommandLine } from './program.ts'

/** A start of a database thread each, on a machine that does other things too. */
const LIMIT = { timeout: 60_000 }

const build = buildAround(new URL('../cli.ts', import.meta.url).pathname)

let folder: ReturnType<typeof scratchFolder>
let store: LocalStore

beforeEach(() => {
  folder = scratchFolder()
  store = openLocalStore({ ...folder, mode: 'write' }, tinyRegister)
})

afterEach(() => {
  store.close()
  folder[Symbol.dispose]()
})

async function audit(...args: string[]) {
  const printed: string[] = []
  const said: string[] = []
  const code = await runCommandLine(['audit', '--data', folder.dataDir, ...args], {
    build,
    clock: systemClock,
    env: {},
    print: (line) => printed.push(line),
    say: (line) => said.push(line),
  })
  return { code, printed, said }
}

function fill(): void {
  const atMs = Date.UTC(2026, 0, 2, 3, 4, 5)
  store.recordStep(sendingOf('first', '0xa1', { atMs, why: 'the maker asked' }))
  store.recordStep(stepOfAction('', 'unlocked', { atMs, why: 'a refund is due' }))
  store.recordStep(stepOfAction('first', 'unknown', { atMs, why: 'No answer came.\u001b[2J' }))
}

test('beside a running console it tells every step in words, oldest first', LIMIT, async () => {
  fill()
  const { code, printed } = await audit()
  expect([code, printed]).toEqual([
    0,
    [
      'SEQ  AT                       WHO  ACTION  WHAT                               ABOUT  WHY',
      '1    2026-01-02 03:04:05 UTC  ada  first   Prepare refund: being sent         0xa1   the maker asked',
      '2    2026-01-02 03:04:05 UTC  ada  -       unlocked                           -      a refund is due',
      '3    2026-01-02 03:04:05 UTC  ada  first   Prepare refund: outcome not known  0xa1   No answer came.\\u001b[2J',
    ],
  ])
})

test(
  'a part of it: one action, or the newest steps, which still say what they are steps of',
  LIMIT,
  async () => {
    fill()
    expect((await audit('--action', 'first')).printed.map((line) => line.split(' ')[0])).toEqual([
      'SEQ',
      '1',
      '3',
    ])
    const { printed } = await audit('--limit', '1')
    expect(printed).toHaveLength(2)
    expect(printed[1]).toContain('Prepare refund: outcome not known')
    expect(await audit('--action', 'none')).toMatchObject({
      code: 3,
      said: [expect.stringContaining('none')],
    })
  },
)

test('as JSON it is one step a line, as it stands in the ledger', LIMIT, async () => {
  expect(await audit('--json')).toEqual({ code: 0, printed: [], said: [] })
  fill()
  const { printed } = await audit('--json')
  expect(printed.map((line) => JSON.parse(line) as unknown)).toEqual(
    store.actionSteps({ after: 0, limit: 9 }),
  )
})
