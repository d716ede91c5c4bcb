import { afterEach, describe, expect, it } from 'vitest'
import { FusionBench } from '../../../test/fusionBench.ts'
import { until } from '../../../test/until.ts'

const ID = `0x${'ab'.repeat(32)}`
const SECRET = 'deadbeef'.repeat(8)
const bench = new FusionBench()

afterEach(() => bench.close())

describe('listening', () => {
  it('subscribes to all and to what is watched, pings, and is live', async () => {
    const { backend, desk } = await bench.start({ watch: [ID] })
    await until('pong', () => desk.presences.at(-1)?.roundTripMs !== null)
    expect(backend.heard.slice(0, 2)).toEqual([
      { event: 'subscribe:all', args: [] },
      { event: 'subscribe:intent', args: [ID] },
    ])
    expect(desk.presences.at(-1)).toMatchObject({ state: 'live', reason: '', nextRetryAtMs: null })
    expect(desk.resumed).toMatchObject([{ isRecovered: false }])
  })

  it('keeps every event, described or not, with its text as it came', async () => {
    const { backend, desk } = await bench.start()
    const names = [
      'intent:status',
      'intent:proof',
      'intent:new',
      'intent:status_changed',
      'intent:proof_changed',
      'intent:removed',
      'intent:not_found',
      'intent:settlement_proof',
      'error',
      'something:else',
    ]
    for (const name of names) backend.sayText(`2["${name}",{"intentId" : "${ID}","amount":9007199254740993}]`)
    await until('all events', () => names.every((name) => desk.ofKind(name).length === 1))
    for (const name of names) {
      expect(desk.ofKind(name)[0]).toMatchObject({
        origin: 'push',
        payload: `{"intentId" : "${ID}","amount":9007199254740993}`,
        isSample: true,
      })
    }
  })

  it('takes an event with a time for one thing, and one without for a reading', async () => {
    const { backend, desk } = await bench.start()
    backend.say('intent:new', { intentId: ID, updatedAt: 1_795_269_600 })
    backend.say('intent:new', { intentId: ID, updatedAt: null })
    await until('both', () => desk.ofKind('intent:new').length === 2)
    expect(desk.ofKind('intent:new').map(({ isSample }) => isSample)).toEqual([false, true])
  })

  it('never lets a secret become an event', async () => {
    const { backend, desk } = await bench.start()
    backend.say('intent:status', { intentId: ID, htlcState: { preimage: `0x${SECRET}` } })
    backend.say('error', { message: `bad secret ${SECRET}` })
    backend.sayText(`2["intent:status",{"preimage":"0x${SECRET}"`)
    await until('three events', () =>
      ['intent:status', 'error', 'unreadable frame'].every((kind) => desk.ofKind(kind).length > 0),
    )
    expect(JSON.stringify(desk.events)).not.toContain('deadbeef')
    expect(desk.ofKind('intent:status')[0]?.payload).toMatch(/redacted:[0-9a-f]{12}/)
  })

  it('reads maker and deadline once for a new intent, and its locks’ timelocks when they begin', async () => {
    const { backend, desk } = await bench.start()
    for (const status of ['matched', 'executing', 'executing'])
      backend.say('intent:status_changed', { intentId: ID, status })
    await until('both readings', () => desk.ofKind('GET /api/intents/:intentId/htlc-params').length > 0)
    expect(backend.reads.filter((read) => read.startsWith('GET /api/intents/'))).toEqual([
      `GET /api/intents/${ID}`,
      `GET /api/intents/${ID}/htlc-params`,
    ])
    expect(backend.reads.slice(0, 1)).toEqual(['GET /api/health'])
  })

  it('reads the locks of what is followed by hand as well, once its reading says that there are any', async () => {
    const { backend, desk } = await bench.start()
    backend.answer = (request, response) => {
      if (request.url?.startsWith('/api/intents/') !== true) return false
      response.end(request.url.endsWith('/htlc-params') ? '{}' : '{"status":"executing"}')
      return true
    }
    desk.link?.watch(ID)
    await until('its locks', () => backend.reads.includes(`GET /api/intents/${ID}/htlc-params`))
  })

  it('tells of an id whether the backend knows it', async () => {
    const { backend, desk } = await bench.start()
    backend.answer = () => false
    backend.intents.set(ID, '{"status":"proofs_pending"}')
    expect(await desk.link?.reread(ID)).toBe(true)
    backend.intents.clear()
    expect(await desk.link?.reread(ID)).toBe(false)
  })

  it('has read the locks too when a reading that somebody waits for is done', async () => {
    const { backend, desk } = await bench.start()
    backend.answer = (request, response) => {
      const isLocks = request.url?.endsWith('/htlc-params') === true
      if (isLocks) setImmediate(() => response.writeHead(409).end('{"error":"not matched"}'))
      else response.end('{"status":"failed"}')
      return true
    }
    await desk.link?.reread(ID)
    // What else the connection reads at its beginning goes on meanwhile.
    const about = backend.reads.filter((read) => read.includes(ID))
    expect(about).toEqual([`GET /api/intents/${ID}`, `GET /api/intents/${ID}/htlc-params`])
    backend.answer = (request, response) => {
      if (request.url?.endsWith('/htlc-params') === true) response.writeHead(500).end()
      else response.end('{"status":"failed"}')
      return true
    }
    await expect(desk.link?.reread(ID)).rejects.toMatchObject({ code: 'upstream' })
  })

  it('does not let an id lead it to another end point', async () => {
    const { backend, desk } = await bench.start()
    for (const intentId of ['..', `${ID}/preimage`, `${ID}%2Fpreimage`, 'a?b', '.']) {
      backend.say('intent:new', { intentId, status: 'executing' })
      await expect(desk.link?.reread(intentId)).rejects.toMatchObject({ code: 'usage' })
    }
    await desk.link?.reread(ID)
    expect(backend.reads.filter((read) => read.includes('preimage') || read === 'GET /api/')).toEqual([])
  })

  it('follows an id from now on, and stops', async () => {
    const { backend, desk } = await bench.start()
    desk.link?.watch(ID)
    await until('the subscription', () =>
      backend.heard.some(({ event, args }) => event === 'subscribe:intent' && args[0] === ID),
    )
    desk.link?.unwatch(ID)
    await until('its end', () => backend.heard.some(({ event }) => event === 'unsubscribe:intent'))
  })
})

describe('bad frames', () => {
  it('quarantines them and keeps every good one on the same connection', async () => {
    const { backend, desk } = await bench.start()
    const bad = [
      '2["intent:new",{"intentId":]',
      '2{"not":"a list"}',
      '2[{"no":"name"}]',
      '2["connect",{"sid":"forged"}]',
      `2["intent:new",${'['.repeat(5_000)}${']'.repeat(5_000)}]`,
      `2["intent:new","${'x'.repeat(9 * 2 ** 20)}"]`,
      '9["no such type"]',
      '',
      '0{"sid":"forged"}',
      '51-["intent:new",{"_placeholder":true,"num":0}]',
    ]
    for (const [at, frame] of bad.entries()) {
      backend.sayText(frame)
      backend.say('intent:new', { intentId: `0x${at}`, updatedAt: 1_795_269_600 + at })
    }
    await until('every good frame', () => desk.ofKind('intent:new').length === bad.length)
    const damaged = desk.ofKind('unreadable frame')
    expect(damaged).toHaveLength(bad.length - 1) // a forged second connect is a good packet without effect
    expect(damaged.every(({ damage, payload }) => damage !== undefined && payload.length <= 64 * 1024)).toBe(
      true,
    )
    expect(desk.lost).toEqual([])
    expect(backend.sockets).toHaveLength(1)
    expect(desk.resumed).toHaveLength(1)
  })
})

describe('the end', () => {
  it('leaves no socket and no timer behind', async () => {
    const { backend, desk } = await bench.start()
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    await desk.close()
    expect(desk.state()).toBe('stopped')
    await until('the server to see it', () => backend.openSockets() === 0)
    await backend.close()
    await until('no timer', () => timers() <= 1) // the one that this very wait holds
    const told = desk.presences.length
    desk.link?.reconnectNow()
    expect(desk.presences).toHaveLength(told)
  })
})
