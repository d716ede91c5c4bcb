import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ORPCError, Procedure, os, type AnyProcedure, type AnyRouter } from '@orpc/server'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { bareFusion, type BareFusion } from '../bareFusion.ts'
import { runningConsole, type RunningConsole } from '../flows/runningConsole.ts'
import { until } from '../until.ts'
import { CARRIERS, type Station, type Way } from './stations.ts'
import { entriesOf, surveyAllowed, surveyRefused, type Survey } from './survey.ts'

/** Another each time, printed with whatever goes wrong; `TEST_SEED` repeats one. */
const SEED = Number(process.env['TEST_SEED'] ?? Date.now() % 2 ** 31)

/** Inputs per procedure in the ordinary suite; `TEST_RUNS` for more. */
const RUNS = Number(process.env['TEST_RUNS'] ?? 60)

const INTENT_ID = `0x${'ab'.repeat(32)}`
const entries = entriesOf()

test('the contract has something to ask, and everything in it checks its input', () => {
  expect(entries.map(({ path }) => path.join('.'))).toContain('intents.next')
  expect(entries.length).toBeGreaterThan(20)
})

describe.each(CARRIERS)('the whole contract over a $name', ({ open }) => {
  let folder: string
  let fusion: BareFusion
  let engine: RunningConsole
  let station: Station<AnyRouter>
  let way: Way<AnyRouter>

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'totality-'))
    fusion = await bareFusion()
    engine = await runningConsole(folder, [
      { id: 'bare', system: 'fusion', url: fusion.url, credential: 'none' },
    ])
    await until('the console to listen', () => fusion.listeners() > 0)
    fusion.say('intent:new', { intentId: INTENT_ID, status: 'proofs_verified', createdAt: 1, updatedAt: 1 })
    await until('the intent', async () => (await engine.client.intents.find({})).length > 0)
    station = await open<AnyRouter>(engine.router)
  })
  afterAll(async () => {
    await station.close()
    await engine.close()
    await fusion.close()
    rmSync(folder, { recursive: true })
  })
  beforeEach(async () => {
    way = await station.join()
  })

  /** Everything that a call of the contract could change. */
  async function state(): Promise<unknown> {
    const { client } = engine
    return {
      settings: await client.settings.get({}),
      profiles: await client.profiles.list({}),
      files: readdirSync(folder, { recursive: true }).sort(),
      inUse: readFileSync(join(folder, 'profile-in-use.json'), 'utf8'),
      watched: (await client.connections.next({})).connections.map(({ watched }) => watched),
      intents: (await client.intents.find({})).map(({ id, status }) => ({ id, status })),
    }
  }

  function survey(more: Partial<Survey> = {}): Survey {
    return {
      way,
      entries,
      runs: RUNS,
      seed: SEED,
      known: ['bare', `bare:${INTENT_ID}`, INTENT_ID, 'demo', 'flow', 'is:open', 'status:x or is:stuck'],
      secrets: [folder, process.cwd()],
      ...more,
    }
  }

  test('what the schemas refuse is refused by place, and changes nothing', async () => {
    const before = await state()
    expect(await surveyRefused(survey())).toEqual([])
    expect(await state()).toEqual(before)
  }, 120_000)

  test('what the schemas allow is answered, or fails as the contract says', async () => {
    expect(await surveyAllowed(survey())).toEqual([])
  }, 120_000)

  test.each([
    ['nothing', ''],
    ['a number', ',"b":7'],
    ['a text', ',"b":"x"'],
    ['a list', ',"b":[]'],
    ['an unknown kind of value', ',"b":{"json":{},"meta":[[99,"a"]]}'],
    ['a place that is not there', ',"b":{"json":{},"meta":[[0,"a","b"]]}'],
    ['a place on the prototype', ',"b":{"json":{},"meta":[[5,"__proto__","polluted"]]}'],
    ['no list of kinds', ',"b":{"json":{},"meta":7}'],
    ['a key of the prototype', ',"b":{"json":{"__proto__":{"polluted":1},"constructor":{"prototype":{}}}}'],
    ['files that are not there', ',"b":{"json":{},"meta":[],"maps":[["a"]]}'],
    ['depth', `,"b":{"json":{"query":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`],
  ])('a body that is %s is answered by every procedure, and shakes nothing', async (_, body) => {
    for (const [at, { path }] of entries.entries()) {
      way.sendRaw(`{"i":"z${at.toString(36)}","p":{"u":"/${path.join('/')}"${body}}}`)
    }
    await until('every answer', () => way.heard.length >= entries.length)
    for (const text of way.heard) {
      const { p } = JSON.parse(text) as {
        p: { s?: number; b: { json: { code?: string; data?: { code: string } } } }
      }
      if (p.s === undefined) continue
      expect(p.b.json.code, text).toBe('FAILED')
      expect(p.b.json.data?.code, text).not.toBe('internal')
    }
    expect('polluted' in {}).toBe(false)
  })

  test('names that every object has are no calls', async () => {
    const names = Object.getOwnPropertyNames(Object.prototype).concat('prototype', '~orpc', 'then', '')
    for (const path of names.flatMap((name) => [[name], ['status', name], ['status', 'next', name]])) {
      if (path.join('') === '') continue
      const failed = { code: 'FAILED', data: { code: 'not-found' } }
      // An empty last name is the name before it.
      if (path.at(-1) === '' && path.length === 3) continue
      await expect(way.call(path, {}), path.join('/')).rejects.toMatchObject(failed)
    }
  })

  test('ten thousand calls at once are each answered, and giving up thousands harms nobody', async () => {
    const calls = Array.from({ length: 10_000 }, (_, at) =>
      at % 2 === 0 ? way.call(['settings', 'get'], {}) : way.call(['intents', 'raw'], { seq: -at }),
    )
    const outcomes = await Promise.allSettled(calls)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5_000)
    const given = Array.from({ length: 2_000 }, () => {
      const giveUp = new AbortController()
      const signal = giveUp.signal
      const call = (way.client as unknown as Waiting).status.next({ since: 1e9, waitMs: 20_000 }, { signal })
      giveUp.abort()
      return call
    })
    const left = await Promise.allSettled(given)
    expect(left.every(({ status }) => status === 'rejected')).toBe(true)
    expect(await way.call(['profiles', 'list'], {})).toMatchObject({ inUse: 'flow' })
  }, 120_000)

  /** Surveys a group of calls with one of them replaced, and expects complaints about that one only. */
  async function surveyWith(path: readonly [string, string], replaced: AnyProcedure): Promise<string[]> {
    const router = engine.router as unknown as Record<string, Record<string, AnyProcedure>>
    const [group, name] = path
    const broken = { ...router, [group]: { ...router[group], [name]: replaced } }
    const careless = await open<AnyRouter>(broken)
    const some = entries.filter((entry) => entry.path[0] === group)
    const found = await surveyRefused(survey({ way: await careless.join(), entries: some, runs: 60 }))
    await careless.close()
    expect(found.every((complaint) => complaint.startsWith(path.join('.')))).toBe(true)
    return found
  }

  function procedureAt(group: string, name: string): AnyProcedure {
    const router = engine.router as unknown as Record<string, Record<string, AnyProcedure>>
    const found = router[group]?.[name]
    if (found === undefined) throw new Error(`There is no ${group}.${name}.`)
    return found
  }

  test.each([
    ['intents', 'find'],
    ['connections', 'quarantine'],
    ['profiles', 'list'],
  ])('notices that %s.%s does not check its input any more', async (group, name) => {
    const checked = procedureAt(group, name)['~orpc']
    const unchecked = new Procedure({ ...checked, inputSchema: undefined } as never)
    const found = await surveyWith([group, name], unchecked)
    expect(found.join()).toContain('was let through')
  })

  test('notices that a failure carries a stack', async () => {
    const leaking = os.handler(() => {
      const message = new Error('inside').stack ?? ''
      throw new ORPCError('FAILED', { data: { code: 'usage', message, tip: '' } })
    })
    expect((await surveyWith(['settings', 'get'], leaking)).join()).toContain('tells of the inside')
  })
})

interface Waiting {
  status: { next: (input: object, options: { signal: AbortSignal }) => Promise<unknown> }
}
