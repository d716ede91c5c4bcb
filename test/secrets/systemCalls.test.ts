import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../until.ts'
import { isSkippedWithout } from './needs.ts'
import { PROGRAM } from './program.ts'
import { LEAKY, scriptedLife, type ScriptedLife } from './scriptedLife.ts'
import { handedWith, watchedInto, type Handed } from './systemCalls.ts'

/** A dozen starts of Node, each call of which is stopped and written down. */
const WATCHED_MS = 300_000

let folder: string
let life: ScriptedLife | null = null

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'calls-'))
})

afterEach(async () => {
  await life?.close()
  life = null
  rmSync(folder, { recursive: true })
})

/** Everything that was handed over in a life with a planted secret in it. */
async function handedInALife(root: string): Promise<Handed[]> {
  const traces: string[] = []
  const wrapper = (): string[] => {
    const trace = join(folder, `trace-${traces.length}`)
    traces.push(trace)
    return watchedInto(trace)
  }
  life = await scriptedLife({ root, wrapper })
  const { canaries, bus } = life
  const handed: Handed[] = []
  for (const trace of traces) {
    await until('the end of a trace', () => isWhole(readFileSync(trace, 'latin1')))
    handed.push(...handedWith(canaries, trace, bus))
  }
  return handed
}

/** Whether the process that was started first, and so all of them, is seen to its end. */
function isWhole(trace: string): boolean {
  const first = /^\d+/.exec(trace)?.[0] ?? ''
  return new RegExp(`^${first} +\\+\\+\\+ `, 'm').test(trace)
}

describe.skipIf(
  process.platform !== 'linux' || isSkippedWithout('dbus-daemon', 'gnome-keyring-daemon', 'gdbus', 'strace'),
)('S1: secrets in system calls', { timeout: WATCHED_MS }, () => {
  test('a planted secret is handed to the keychain, and to no file, socket or program besides', async () => {
    const handed = await handedInALife(PROGRAM)
    expect(handed.filter(({ to }) => to !== 'the keychain')).toEqual([])
    // What is meant to be handed over was seen, so the rest would have been.
    expect(handed).not.toEqual([])
    expect(handed.every(({ call }) => call !== 'execve')).toBe(true)
  })

  test('control: a header that is logged once is seen', async () => {
    expect(await handedInALife(LEAKY)).toContainEqual({
      call: 'write',
      to: expect.stringMatching(/console\.log$/) as string,
      forms: [expect.stringContaining('base64') as string],
    })
  })
})
