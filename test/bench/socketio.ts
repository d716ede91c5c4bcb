import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io } from 'socket.io-client'
import type { Figure } from './figures.ts'
import { throughStore } from './ingest.ts'
import { startSender, type Sender } from './sender.ts'
import { sized } from './sizes.ts'
import { receive } from './wire.ts'

/** As many as the ingest bench sends. */
const EVENTS = sized(40_000, 20_000)
const INTENTS = EVENTS / 4
const RUNS = 5

/** Socket.IO events through our guarded connection, alone and down to the disk; the control is a bare client that counts. */
export async function socketio(): Promise<Figure[]> {
  const sender = await startSender()
  await sender.order({ do: 'prepare', count: EVENTS, intents: INTENTS, from: 0 })
  const received: number[] = []
  const durable: number[] = []
  const bare: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    bare.push(await bareClient(sender))
    const { perSecond } = await receive(sender, EVENTS, (_, arrived) => {
      arrived(1)
    })
    received.push(perSecond)
    const dataDir = mkdtempSync(join(tmpdir(), 'bench-socketio-'))
    durable.push((await throughStore(sender, dataDir)).perSecond)
    rmSync(dataDir, { recursive: true })
  }
  await sender.close()
  const control = { unit: 'events/s', control: bare, against: 'bare socket.io-client' }
  return [
    {
      what: 'received, guarded, redacted',
      ours: received,
      ...control,
      goal: { ratio: 0.9, is: 'at least' },
    },
    { what: 'received and durable', ours: durable, ...control },
  ]
}

async function bareClient(sender: Sender): Promise<number> {
  const socket = io(sender.url, { transports: ['websocket'], forceNew: true })
  let count = 0
  let fromMs = 0
  const done = new Promise<number>((resolve) => {
    socket.onAny((name: string) => {
      if (name === 'mempool:stats') {
        void sender.order({ do: 'send' })
        return
      }
      if (count === 0) fromMs = performance.now()
      count += 1
      if (count === EVENTS) resolve((EVENTS * 1_000) / (performance.now() - fromMs))
    })
  })
  socket.on('connect', () => socket.emit('subscribe:all'))
  const perSecond = await done
  socket.disconnect()
  return perSecond
}
