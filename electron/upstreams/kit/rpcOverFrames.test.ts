import { describe, expect, it } from 'vitest'
import { settableClock } from '../../../test/settableClock.ts'
import { pagesOverFrames, RpcOverFrames } from './rpcOverFrames.ts'

const never = new AbortController().signal

function ends(): { rpc: RpcOverFrames; sent: object[]; clock: ReturnType<typeof settableClock> } {
  const clock = settableClock()
  const sent: object[] = []
  return { clock, sent, rpc: new RpcOverFrames(clock, (frame) => sent.push(frame) > 0) }
}

/** Lets promises that are settled be seen. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

describe('requests over frames', () => {
  it('match a reply by its method and leave other frames alone', async () => {
    const { rpc, sent, clock } = ends()
    const pong = rpc.ask({ method: 'ping' }, never)
    const methods = rpc.ask({ method: 'getAllowedMethods' }, never)
    await turn()
    expect(sent).toEqual([{ method: 'ping' }, { method: 'getAllowedMethods' }])
    expect(rpc.heard({ event: 'order_filled', result: {} })).toBe(false)
    expect(rpc.heard({ method: 'getAllowedMethods', result: ['ping'] })).toBe(true)
    expect(rpc.heard({ method: 'ping', result: 'pong' })).toBe(true)
    expect(rpc.heard({ method: 'ping', result: 'nobody asked' })).toBe(true)
    expect(await pong).toBe('pong')
    expect(await methods).toEqual(['ping'])
    expect(clock.pending()).toBe(0)
  })

  it('keep one of a method under way, in order, whatever becomes of the one before', async () => {
    const { rpc, sent, clock } = ends()
    const first = rpc.ask({ method: 'list', param: { page: 1 } }, never)
    const second = rpc.ask({ method: 'list', param: { page: 2 } }, never)
    await turn()
    expect(sent).toHaveLength(1)
    clock.advance(10_000)
    await expect(first).rejects.toMatchObject({ code: 'upstream', isRetryable: true })
    await turn()
    expect(sent).toEqual([
      { method: 'list', param: { page: 1 } },
      { method: 'list', param: { page: 2 } },
    ])
    rpc.heard({ method: 'list', result: 'two' })
    expect(await second).toBe('two')
  })

  it('fail at an error, without a connection, and when given up', async () => {
    const { rpc, clock } = ends()
    const refused = rpc.ask({ method: 'getSecrets' }, never)
    await turn()
    rpc.heard({ method: 'getSecrets', result: { error: 'not for this key' } })
    await expect(refused).rejects.toThrow('not for this key')

    const down = new RpcOverFrames(clock, () => false)
    await expect(down.ask({ method: 'ping' }, never)).rejects.toThrow('the connection is down')

    const stop = new AbortController()
    const given = rpc.ask({ method: 'ping' }, stop.signal)
    await turn()
    stop.abort()
    await expect(given).rejects.toMatchObject({ code: 'cancelled' })
    expect(clock.pending()).toBe(0)
  })
})

describe('pages', () => {
  const page = (currentPage: number, totalPages: number, items: unknown[]): object => ({
    method: 'list',
    result: { meta: { currentPage, totalPages }, items },
  })

  it('come one after the other, and a late answer to an earlier question is not taken for the next', async () => {
    const { rpc, sent } = ends()
    const found: unknown[] = []
    const all = (async () => {
      for await (const items of pagesOverFrames(rpc, { method: 'list', limit: 2 }, never)) found.push(items)
    })()
    await turn()
    rpc.heard(page(1, 3, ['a', 'b']))
    await turn()
    rpc.heard(page(1, 3, ['late']))
    rpc.heard(page(2, 3, ['c', 'd']))
    await turn()
    rpc.heard(page(3, 3, ['e']))
    await all
    expect(found).toEqual([['a', 'b'], ['c', 'd'], ['e']])
    expect(sent).toEqual([1, 2, 3].map((at) => ({ method: 'list', param: { page: at, limit: 2 } })))
  })

  it('end without a count of them, at an empty one, and at an answer of another shape', async () => {
    const { rpc } = ends()
    const listed = async (): Promise<unknown[]> => {
      const found: unknown[] = []
      for await (const items of pagesOverFrames(rpc, { method: 'list', limit: 2 }, never))
        found.push(...items)
      return found
    }
    const bare = listed()
    await turn()
    rpc.heard({ method: 'list', result: { items: ['a'] } })
    expect(await bare).toEqual(['a'])
    const empty = listed()
    await turn()
    rpc.heard(page(1, 9, []))
    expect(await empty).toEqual([])
    const other = listed()
    await turn()
    rpc.heard({ method: 'list', result: 'none' })
    await expect(other).rejects.toMatchObject({ code: 'upstream' })
  })
})
