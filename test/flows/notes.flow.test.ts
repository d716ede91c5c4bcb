import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildAround } from '../../electron/cli/build.ts'
import { runCommandLine } from '../../electron/cli/program.ts'
import { systemClock } from '../../electron/upstreams/kit/clock.ts'
import type { ConsoleStatus } from '../../shared/api/answers.ts'
import type { IntentDetail } from '../../shared/api/row.ts'
import { UNTIL_CHANGE_MS } from '../../shared/intent/remarks.ts'
import { ATTENTION } from '../../shared/query/attention.ts'
import { bareFusion, type BareFusion } from '../bareFusion.ts'
import { FlowBench } from './flowBench.ts'

const INTENT = `0x${'4e'.repeat(32)}`
/** Long ago, so that the wait in any status is longer than normal. */
const T0 = 1_760_000_000_000
/** Several consoles are started one after the other, on a machine that may be busy. */
const LIMIT = { timeout: 30_000 }

const build = buildAround(new URL('../../electron/cli.ts', import.meta.url).pathname)

let bench: FlowBench
let server: BareFusion

beforeEach(async () => {
  bench = new FlowBench()
  server = bench.keep(await bareFusion())
  await start()
  tell('matched', T0)
  await bench.shown(INTENT, 'stuck', ({ stuck }) => stuck !== null)
})

afterEach(() => bench.close())

async function start(): Promise<void> {
  await bench.start([{ id: 'fusion-test', system: 'fusion', url: server.url, credential: 'none' }])
  await bench.live()
}

function tell(status: string, updatedAt: number): void {
  server.intents.set(INTENT, JSON.stringify({ intentId: INTENT, status, updatedAt }))
  server.say('intent:status_changed', { intentId: INTENT, status, updatedAt })
}

async function intentNow(): Promise<IntentDetail> {
  return (await bench.client.intents.get({ id: INTENT })).intent
}

async function found(query: string): Promise<number> {
  return (await bench.client.intents.find({ query })).length
}

async function countsNow(): Promise<ConsoleStatus['counts']> {
  return (await bench.client.status.next({})).counts
}

/** Runs a command line on the data folder; answers what it printed. */
async function commandLine(...args: string[]): Promise<string[]> {
  const printed: string[] = []
  const said: string[] = []
  const code = await runCommandLine([...args, '--data', bench.dataDir], {
    build,
    clock: systemClock,
    env: {},
    print: (line) => printed.push(line),
    say: (sentence) => said.push(sentence),
  })
  expect(code, said.join('\n')).toBe(0)
  return printed
}

test(
  'notes and tags stand on the intent, are found, and survive a restart and a rebuild',
  LIMIT,
  async () => {
    const { notes } = bench.client
    await notes.add({ intent: INTENT, text: '  Maker phoned: wants a refund. ' })
    await notes.tag({ intent: INTENT, tag: 'VIP', isSet: true })
    await notes.tag({ intent: INTENT, tag: 'call back', isSet: true })
    await notes.tag({ intent: INTENT, tag: 'vip', isSet: false })
    const before = await intentNow()
    expect(before.notes).toMatchObject([{ text: 'Maker phoned: wants a refund.' }])
    expect(before.notes[0]?.who).not.toBe('')
    expect(before.row).toMatchObject({ tags: ['call back'], noteCount: 1, silencedUntilMs: null })
    const deeds = before.timeline.filter(({ origin }) => origin === 'operator')
    expect(deeds.map(({ kind }) => kind)).toEqual(['noteAdded', 'tagSet', 'tagSet', 'tagSet'])
    expect(deeds[0]?.words).toMatch(/^Note by .+: Maker phoned: wants a refund\.$/)
    expect([await found('has:note'), await found('tag:"call back"'), await found('tag:vip')]).toEqual([
      1, 1, 0,
    ])

    await bench.stop()
    await commandLine('rebuild')
    const [printed = ''] = await commandLine('show', INTENT, '--json')
    const shown = JSON.parse(printed) as IntentDetail
    expect([shown.notes, shown.row.tags, shown.timeline]).toEqual([
      before.notes,
      ['call back'],
      before.timeline,
    ])
    expect((await commandLine('show', INTENT)).join('\n')).toMatch(
      /Tags +call back\n.*Note by .+ +Maker phoned/,
    )
    expect((await commandLine('find', 'phoned', '--json')).length).toBe(1)
    await commandLine('verify')
    await start()
    expect((await intentNow()).notes).toEqual(before.notes)
  },
)

test(
  'a silenced intent leaves Attention, is counted apart, and comes back when its status changes',
  LIMIT,
  async () => {
    const { notes } = bench.client
    expect([await found(ATTENTION.overdue), await countsNow()]).toMatchObject([1, { stuck: 1, silenced: 0 }])
    await notes.silence({ intent: INTENT, untilMs: null, reason: 'The solver knows.' })
    expect([await found(ATTENTION.overdue), await found(ATTENTION.silenced)]).toEqual([0, 1])
    expect(await countsNow()).toMatchObject({ stuck: 1, silenced: 1 })
    const silenced = await intentNow()
    expect(silenced.row.silencedUntilMs).toBe(UNTIL_CHANGE_MS)
    expect(silenced).toMatchObject({
      stuck: expect.anything() as unknown,
      silence: { reason: 'The solver knows.' },
    })

    await bench.stop()
    await start()
    expect([await found(ATTENTION.overdue), await found('is:silenced')]).toEqual([0, 1])
    tell('executing', T0 + 1_000)
    await bench.shown(INTENT, 'executing', ({ status }) => status === 'executing')
    expect((await intentNow()).silence).toBeNull()
    expect([await found(ATTENTION.overdue), await found(ATTENTION.silenced)]).toEqual([1, 0])
    expect(await countsNow()).toMatchObject({ stuck: 1, silenced: 0 })
  },
)

test('a silence until an instant is taken back by another that is past', LIMIT, async () => {
  const { notes } = bench.client
  await notes.silence({ intent: INTENT, untilMs: Date.now() + 3_600_000, reason: 'Asked the solver.' })
  expect(await found(ATTENTION.overdue)).toBe(0)
  await notes.silence({ intent: INTENT, untilMs: 0, reason: 'They did not answer.' })
  expect([await found(ATTENTION.overdue), await found('is:silenced')]).toEqual([1, 0])
})

test('what nobody knows takes no note, and a wrong one is refused in words', async () => {
  const { notes } = bench.client
  await expect(notes.add({ intent: '0xdddddddd', text: 'lost' })).rejects.toThrow('No intent is known by')
  await expect(notes.add({ intent: INTENT, text: ' ' })).rejects.toThrow()
  await expect(notes.tag({ intent: INTENT, tag: 'x'.repeat(61), isSet: true })).rejects.toThrow()
  expect((await intentNow()).row).toMatchObject({ noteCount: 0, tags: [] })
})

test('a secret that is pasted into a note never rests; control: the hash of a transaction does', async () => {
  const { notes } = bench.client
  const secret = '5ec2e7'.repeat(11)
  const hash = 'f00d42'.repeat(11)
  const json = JSON.stringify({ preimage: `0x${secret}` })
  await notes.add({ intent: INTENT, text: `The preimage is 0x${secret}, refund in 0x${hash}. ${json}` })
  await notes.silence({ intent: INTENT, untilMs: null, reason: `secret: ${secret}` })
  expect((await intentNow()).notes[0]?.text).toContain('redacted:')
  await bench.stop()
  const kept = readdirSync(bench.dataDir, { recursive: true, encoding: 'utf8' })
    .filter((name) => /console\.db/.test(name))
    .map((name) => readFileSync(join(bench.dataDir, name)))
  expect(kept.some((bytes) => bytes.includes(secret))).toBe(false)
  expect(kept.some((bytes) => bytes.includes(hash))).toBe(true)
})
