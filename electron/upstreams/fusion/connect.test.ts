import { afterEach, describe, expect, it } from 'vitest'
import { Bench } from '../../../test/bareFusion.ts'
import { until } from '../../../test/until.ts'

const ID = `0x${'ab'.repeat(32)}`
const SECRET = 'deadbeef'.repeat(8)
const bench = new Bench()

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
    for (const name of names)
      backend.sendRaw(`42["${name}",{"intentId" : "${ID}","amount":9007199254740993}]`)
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
    backend.io.emit('intent:new', { intentId: ID, updatedAt: 1_795_269_600 })
    backend.io.emit('intent:new', { intentId: ID, updatedAt: null })
    await until('both', () => desk.ofKind('intent:new').length === 2)
    expect(desk.ofKind('intent:new').map(({ isSample }) => isSample)).toEqual([false, true])
  })

  it('never lets a secret become an event', async () => {
    const { backend, desk } = await bench.start()
    backend.io.emit('intent:status', { intentId: ID, htlcState: { preimage: `0x${SECRET}` } })
    backend.io.emit('error', { message: `bad secret ${SECRET}` })
    backend.sendRaw(`42["intent:status",{"preimage":"0x${SECRET}"`)
    await until('three events', () =>
      ['intent:status', 'error', 'unreadable frame'].every((kind) => desk.ofKind(kind).length > 0),
    )
    expect(JSON.stringify(desk.events)).not.toContain('deadbeef')
    expect(desk.ofKind('intent:status')[0]?.payload).toMatch(/redacted:[0-9a-f]{12}/)
  })

  it('reads maker and deadline once for a new intent, and its locks’ timelocks when they begin', async () => {
    const { backend, desk } = await bench.start()
    for (const status of ['matched', 'executing', 'executing'])
      backend.io.emit('intent:status_changed', { intentId: ID, status })
    await until('both readings', () => desk.ofKind('GET /api/intents/:intentId/htlc-params').length > 0)
    expect(backend.asked.filter((path) => path.startsWith('/api/intents/'))).toEqual([
      `/api/intents/${ID}`,
      `/api/intents/${ID}/htlc-params`,
    ])
    expect(backend.asked.slice(0, 1)).toEqual(['/api/health'])
  })

  it('does not let an id lead it to another end point', async () => {
    const { backend, desk } = await bench.start()
    for (const intentId of ['..', `${ID}/preimage`, `${ID}%2Fpreimage`, 'a?b', '.']) {
      backend.io.emit('intent:new', { intentId, status: 'executing' })
      await expect(desk.link?.reread(intentId)).rejects.toMatchObject({ code: 'usage' })
    }
    await desk.link?.reread(ID)
    expect(backend.asked.filter((path) => path.includes('preimage') || path === '/api/')).toEqual([])
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
      '42["intent:new",{"intentId":]',
      '42{"not":"a list"}',
      '42[{"no":"name"}]',
      '42["connect",{"sid":"forged"}]',
      `42["intent:new",${'['.repeat(5_000)}${']'.repeat(5_000)}]`,
      `42["intent:new","${'x'.repeat(9 * 2 ** 20)}"]`,
      '49["no such type"]',
      '4',
      '40{"sid":"forged"}',
      '451-["intent:new",{"_placeholder":true,"num":0}]',
    ]
    for (const [at, frame] of bad.entries()) {
      backend.sendRaw(frame)
      backend.io.emit('intent:new', { intentId: `0x${at}`, updatedAt: 1_795_269_600 + at })
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
    desk.stop.abort()
    await desk.link?.closed
    expect(desk.state()).toBe('stopped')
    await until('the server to see it', () => backend.io.sockets.sockets.size === 0)
    await backend.close()
    await until('no timer', () => timers() <= 1) // the one that this very wait holds
    const told = desk.presences.length
    desk.link?.reconnectNow()
    expect(desk.presences).toHaveLength(told)
  })
})
