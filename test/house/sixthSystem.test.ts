import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { scratchFolder, NEWEST } from '../../electron/store/testing/scratch.ts'
import { openLocalStore, type LocalStore } from '../../electron/store/localStore.ts'
import { upstreams } from '../../electron/upstreams/index.ts'
import { meaningOf } from '../../electron/upstreams/meaning.ts'
import type { Upstream } from '../../electron/upstreams/upstream.ts'
import { until } from '../until.ts'
import { Desk } from '../upstreamDesk.ts'
import { example } from './example/index.ts'

const T0 = 1_795_269_932_000
const ORDER = 'order-000001'

let folder: ReturnType<typeof scratchFolder>
let server: Server
let order: object
let desk: Desk

beforeEach(async () => {
  folder = scratchFolder()
  desk = new Desk()
  desk.watched = [ORDER]
  order = {
    id: ORDER,
    state: 'bidding',
    changedAt: T0,
    auction: { from: '3000', to: '2900', endsAt: T0 + 120_000 },
  }
  server = createServer((request, response) => {
    response.writeHead(request.url === `/orders/${ORDER}` ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(order))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})

afterEach(async () => {
  await desk.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  folder[Symbol.dispose]()
})

/** A store that reads meaning by a register, and takes in all that the connection says. */
async function listen(register: readonly Upstream[]): Promise<LocalStore> {
  const store = openLocalStore({ dataDir: folder.dataDir, mode: 'write' }, meaningOf(register))
  desk.emit = (event) => {
    store.append([event])
  }
  const { port } = server.address() as AddressInfo
  await desk.connect(example, { url: `http://127.0.0.1:${port}` })
  await until('the first reading', () => desk.events.length > 0 && desk.state() === 'live')
  return store
}

function rowsOf(store: LocalStore) {
  return store.page({ query: '', sort: NEWEST, limit: 10, since: 0, nowMs: T0 + 1_000 }).rows
}

test('a folder and a line in the register take a sixth system from its socket to rows and panels', async () => {
  const store = await listen([...upstreams, example])
  expect(rowsOf(store)).toMatchObject([
    { system: 'example', mainId: ORDER, status: 'bidding', phase: 'open' },
  ])
  const { intent } = store.get({ id: ORDER, nowMs: T0 + 61_000 })
  expect(intent.stuck?.why).toBe('Bidding for 1 min 1 s; up to 1 min is normal.')
  expect(intent.panels).toEqual([
    {
      title: 'Auction',
      blocks: [
        {
          is: 'curve',
          caption: 'Price',
          unit: 'USDC',
          points: [
            { atMs: T0, value: '3000' },
            { atMs: T0 + 120_000, value: '2900' },
          ],
        },
      ],
    },
  ])
  order = { id: ORDER, state: 'sold', changedAt: T0 + 2_000 }
  await until('the end', () => rowsOf(store)[0]?.phase === 'completed')
  store.close()
})

test('without its line it is kept and understood by nobody', async () => {
  const store = await listen(upstreams)
  expect(rowsOf(store)).toEqual([])
  const [quarantined] = store.quarantine({ connection: 'test', beforeSeq: null, limit: 1 })
  expect(quarantined?.reason).toBe('No adapter of this console reads example.')
  store.close()
})
