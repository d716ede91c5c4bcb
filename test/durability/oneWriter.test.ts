import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLocalStore } from '../../electron/store/localStore.ts'
import { tinyRegister } from '../../electron/store/testing/tinySystem.ts'
import { until } from '../until.ts'

/** Three starts of Node with a database thread each, on a machine that does other things too. */
const LIMIT_MS = 60_000

interface Wanting {
  child: ChildProcess
  lines: string[]
}

let dataDir: string
let all: Wanting[]

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'writer-'))
  all = []
})

afterEach(() => {
  for (const { child } of all) child.kill('SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

function start(how: 'lawful' | 'lawless'): void {
  const root = new URL('holderRoot.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [root, dataDir, how], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  all.push({ child, lines })
}

function holders(): Wanting[] {
  return all.filter(
    ({ child, lines }) => lines.includes('holding') && child.exitCode === null && child.signalCode === null,
  )
}

function waiting(): Wanting[] {
  return all.filter(
    ({ lines }) => lines.some((line) => line.startsWith('waiting')) && !lines.includes('holding'),
  )
}

test(
  'of three processes one writes; when it is killed one of the others does, and so on',
  { timeout: LIMIT_MS },
  async () => {
    for (let n = 0; n < 3; n += 1) start('lawful')
    for (let left = 3; left > 0; left -= 1) {
      await until(
        'one to hold and the others to wait',
        () => holders().length === 1 && waiting().length === left - 1,
      )
      const [holder] = holders()
      if (left === 3) {
        expect(waiting().map(({ lines }) => lines[0])).toEqual(
          Array(2).fill(`waiting for ${holder?.child.pid ?? 0}`),
        )
      }
      holder?.child.kill('SIGKILL')
      await until('it to be gone', () => holder?.child.signalCode === 'SIGKILL')
    }
  },
)

test('the control: without the lock all three write at once', { timeout: LIMIT_MS }, async () => {
  openLocalStore({ dataDir, mode: 'write' }, tinyRegister).close()
  for (let n = 0; n < 3; n += 1) start('lawless')
  await until('all to hold', () => holders().length === 3)
})
