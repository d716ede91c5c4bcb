import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ActAnswer } from '../../shared/api/action.ts'
import { bareFusion, type BareFusion } from '../bareFusion.ts'
import { openBench, type Bench } from './commandLine.ts'

/** Starting a program a few times takes seconds on a busy machine, milliseconds. */
const LIMIT_MS = 60_000

const ID = `0x${'ab'.repeat(32)}`
const OTHER = `0x${'cd'.repeat(32)}`

let bench: Bench
let server: BareFusion

beforeEach(async () => {
  bench = openBench()
  server = await bareFusion()
  const connection = { id: 'fusion-test', system: 'fusion', url: server.url, credential: 'none' }
  const profile = { name: 'acting', environment: 'staging', connections: [connection] }
  writeFileSync(profileFile(), JSON.stringify(profile))
  server.intents.set(
    ID,
    JSON.stringify({ intentId: ID, status: 'matched', updatedAt: '2026-11-21T14:00:00.000Z' }),
  )
})

afterEach(async () => {
  await bench.clear()
  await server.close()
})

function profileFile(): string {
  return join(bench.folder, 'profile.json')
}

function dataArgs(): string[] {
  return ['--data', join(bench.folder, 'data')]
}

async function act(command: string, input: object | string, ...more: string[]) {
  const text = typeof input === 'string' ? input : JSON.stringify(input)
  const args = ['act', command, '--input', text, '--json', '--profile', profileFile(), ...dataArgs(), ...more]
  const { code, stdout, stderr } = await bench.run(...args)
  return { code, stderr, answer: JSON.parse(stdout) as ActAnswer & { code?: string; message?: string } }
}

test(
  'an id is followed, read again and let go, and each run leaves it as the last one said',
  async () => {
    const watched = await act('watchIntent', { connection: 'fusion-test', intent: ID })
    expect(watched).toMatchObject({ code: 0, answer: { command: 'watchIntent', outcome: 'accepted' } })
    expect(watched.answer).toMatchObject({ request: null, opensAtMs: null })
    expect(watched.answer.preconditions.every(({ state }) => state === 'met')).toBe(true)
    const again = await act('watchIntent', { intent: ID })
    expect(again).toMatchObject({ code: 0, answer: { why: 'It is followed already.' } })
    expect(again.answer.actionId).not.toBe(watched.answer.actionId)

    const connections = await bench.run('connections', '--json', ...dataArgs())
    expect(JSON.parse(connections.stdout)).toMatchObject({ watched: [ID] })

    const read = await act('reread', { intent: ID })
    expect(read).toMatchObject({ code: 0, answer: { outcome: 'accepted', response: { status: 'matched' } } })
    const gone = await act('unwatchIntent', { connection: 'fusion-test', intent: ID })
    expect(gone).toMatchObject({ code: 0, answer: { response: { watched: [] } } })
  },
  LIMIT_MS,
)

test(
  'what does not hold is refused with the condition, and a rehearsal changes nothing',
  async () => {
    const rehearsal = await act('watchIntent', { intent: ID }, '--dry-run')
    // There is no data folder yet, and a rehearsal makes none.
    expect([rehearsal.code, rehearsal.answer.code]).toEqual([3, 'not-found'])
    const unknown = await act('reread', { connection: 'fusion-test', intent: OTHER })
    expect(unknown).toMatchObject({ code: 1, answer: { outcome: 'refused' } })
    expect(unknown.answer.preconditions).toContainEqual(
      expect.objectContaining({ name: 'intent known', state: 'unmet' }),
    )
    const elsewhere = await act('watchIntent', { connection: 'gone', intent: ID })
    expect(elsewhere).toMatchObject({ code: 1, answer: { outcome: 'refused' } })
    const second = await act('watchIntent', { intent: ID }, '--dry-run')
    expect(second).toMatchObject({ code: 0, answer: { outcome: 'dry-run' } })
    const connections = await bench.run('connections', '--json', ...dataArgs())
    expect(JSON.parse(connections.stdout)).toMatchObject({ watched: [] })
    const stranger = await act('watchIntent', { intent: OTHER })
    expect(stranger).toMatchObject({ code: 0, answer: { response: { known: { isNotFound: true } } } })
    expect(stranger.answer.why).toContain('does not know this id')
    const noId = await act('watchIntent', { intent: 'a b' })
    expect(noId).toMatchObject({ code: 1, answer: { outcome: 'refused' } })
  },
  LIMIT_MS,
)

test(
  'commands of a system that the profile does not watch, those that never were, and a wrong input are usage',
  async () => {
    expect(await act('quote', {})).toMatchObject({ code: 2, answer: { code: 'usage' } })
    expect(await act('sendMoney', {})).toMatchObject({ code: 2, answer: { code: 'usage' } })
    expect(await act('reread', '{')).toMatchObject({ code: 2, answer: { code: 'usage' } })
    const file = join(bench.folder, 'input.json')
    writeFileSync(file, JSON.stringify({ intent: ID, colour: 'red' }))
    const named = await act('reread', `@${file}`)
    expect([named.code, named.stderr]).toEqual([2, expect.stringContaining('colour')])
  },
  LIMIT_MS,
)

test(
  'a running console holds its folder',
  async () => {
    const console = await bench.serve('--profile', profileFile(), ...dataArgs())
    const held = await act('watchIntent', { intent: ID })
    expect(held).toMatchObject({ code: 3, answer: { code: 'held' } })
    expect(held.stderr).toContain(String(console.child.pid))
    expect(await act('watchIntent', { intent: ID }, '--dry-run')).toMatchObject({ code: 0 })
  },
  LIMIT_MS,
)
