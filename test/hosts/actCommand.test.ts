import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ActAnswer } from '../../shared/api/action.ts'
import type { IntentSummary } from '../../shared/api/row.ts'
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
  'what the first reading asks for is read before the command ends, and what could not be is told',
  async () => {
    const executing = { intentId: ID, status: 'executing', updatedAt: '2026-11-21T14:00:00.000Z' }
    server.intents.set(ID, JSON.stringify(executing))
    const timelock = 1_900_000_000
    let locks: [status: number, text: string] = [500, 'no']
    server.answer = (request, response) => {
      if (request.url?.endsWith('/htlc-params') !== true) return false
      const [status, text] = locks
      response.writeHead(status, { 'content-type': 'application/json' }).end(text)
      return true
    }
    const deadlines = async () =>
      (JSON.parse((await bench.run('show', ID, '--json', ...dataArgs())).stdout) as IntentSummary).deadlines
    const partly = await act('watchIntent', { connection: 'fusion-test', intent: ID })
    expect(partly).toMatchObject({ code: 0, answer: { response: { known: { status: 'executing' } } } })
    expect(partly.answer.why).toContain('It could not be read whole')
    expect(await deadlines()).toEqual([])
    locks = [200, JSON.stringify({ source: { timelock } })]
    const whole = await act('watchIntent', { connection: 'fusion-test', intent: ID })
    expect(whole).toMatchObject({ code: 0, answer: { why: 'It is followed already.' } })
    expect(await deadlines()).toEqual([
      expect.objectContaining({ kind: 'sourceTimelock', atMs: timelock * 1_000 }),
    ])
  },
  LIMIT_MS,
)

test(
  'what does not hold closes it with the condition, and a rehearsal changes nothing',
  async () => {
    const rehearsal = await act('watchIntent', { intent: ID }, '--dry-run')
    // There is no data folder yet, and a rehearsal makes none.
    expect([rehearsal.code, rehearsal.answer.code]).toEqual([3, 'not-found'])
    const unknown = await act('reread', { connection: 'fusion-test', intent: OTHER })
    expect(unknown).toMatchObject({ code: 1, answer: { outcome: 'closed' } })
    expect(unknown.answer.preconditions).toContainEqual(
      expect.objectContaining({ name: 'intent known', state: 'unmet' }),
    )
    const elsewhere = await act('watchIntent', { connection: 'gone', intent: ID })
    expect(elsewhere).toMatchObject({ code: 1, answer: { outcome: 'closed' } })
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
    const twice = await act('reread', `{"intent":"${ID}","intent":"${OTHER}"}`)
    expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining('“intent” stands twice')])
    const ended = await act('silenceAlarm', { intent: ID, reason: 'known', untilMs: 1_700_000_000_000 })
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining('is past')])
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
