import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildAround } from '../../electron/cli/build.ts'
import { runCommandLine } from '../../electron/cli/program.ts'
import { openLocalStore } from '../../electron/store/localStore.ts'
import { openStore } from '../../electron/store/open.ts'
import type { Store } from '../../electron/store/store.ts'
import { systemClock } from '../../electron/upstreams/kit/clock.ts'
import { connectionId } from '../../shared/intent/ids.ts'
import { honest } from '../abuse/shuffles.ts'
import { localAsync } from './localAsync.ts'

const DAY_MS = 86_400_000

/** Several starts of a database thread, on a machine that does other things too. */
const LIMIT = { timeout: 90_000 }

const build = buildAround(new URL('../../electron/cli.ts', import.meta.url).pathname)

let dataDir: string

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'retention-'))
  const store = await opened()
  await store.append([
    ...told('1', ['matched', 'completed'], 40),
    ...told('2', ['matched'], 40),
    ...told('3', ['matched', 'completed'], 2),
  ])
  await store.close()
})

afterEach(() => {
  rmSync(dataDir, { recursive: true })
})

function opened(): Promise<Store> {
  return openStore({ dataDir, workerUrl: build.workerUrl, mode: 'write' })
}

function told(digit: string, statuses: readonly string[], daysAgo: number) {
  const atMs = Date.now() - daysAgo * DAY_MS
  return statuses.map((status, step) => ({
    connection: connectionId('fusion-test'),
    system: 'fusion' as const,
    kind: 'intent:status_changed',
    origin: 'push' as const,
    receivedAtMs: atMs + step,
    payload: JSON.stringify({ intentId: `0x${digit.repeat(64)}`, status, updatedAt: atMs + step }),
    isSample: false,
  }))
}

async function retention(...args: string[]) {
  const printed: string[] = []
  const said: string[] = []
  const code = await runCommandLine(['retention', '--data', dataDir, ...args], {
    build,
    clock: systemClock,
    env: {},
    print: (line) => printed.push(line),
    say: (line) => said.push(line),
  })
  return { code, printed: printed.join('\n'), said: said.join('\n') }
}

/** First digits of the intents that are there. */
async function intentsIn(store: Store): Promise<string[]> {
  const found = await store.find({ query: '', limit: 10, nowMs: Date.now() })
  return found.map(({ id }) => id.at(-1) ?? '').sort()
}

/** Opens the folder as a console does and gives it all the pauses that it wants. */
async function afterPauses() {
  const local = openLocalStore({ dataDir, mode: 'write' }, honest)
  while (local.idle());
  const store = localAsync(local)
  const found = { intents: await intentsIn(store), ...(await store.verify()) }
  local.close()
  return found
}

test('the control: unless somebody says otherwise nothing is ever removed', LIMIT, async () => {
  expect(await retention()).toMatchObject({ code: 0, printed: 'Everything is kept for ever.' })
  expect(await retention('--days', 'never')).toMatchObject({
    code: 0,
    printed: 'Everything is kept for ever.',
  })
  expect(await afterPauses()).toMatchObject({ intents: ['1', '2', '3'], retainedCount: 0, problems: [] })
})

test('set from the command line, what is over and old goes by itself; the rest verifies', LIMIT, async () => {
  expect(await retention('--days', '30', '--json')).toEqual({
    code: 0,
    printed: '{"keepClosedDays":30,"keepMegabytes":null}',
    said: '',
  })
  expect(await afterPauses()).toMatchObject({ intents: ['2', '3'], retainedCount: 2, problems: [] })
})

test('what a limit cannot be is said, and beside a running console who holds the folder', LIMIT, async () => {
  expect(await retention('--days', 'soon')).toMatchObject({ code: 2 })
  expect(await retention('--megabytes', '1')).toMatchObject({
    code: 2,
    said: expect.stringMatching('keepMegabytes') as unknown,
  })
  const store = await opened()
  expect(await retention('--megabytes', '64')).toMatchObject({ code: 3 })
  expect(await retention()).toMatchObject({ code: 0, printed: 'Everything is kept for ever.' })
  await store.close()
})
