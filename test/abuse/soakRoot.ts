import { bareFusion } from '../bareFusion.ts'
import { FUSION_WAY } from '../fusionWay.ts'
import { seededRandom } from '../seededRandom.ts'
import { malformedFrame } from './malformedFrames.ts'

/**
 * Root of a backend in a process of its own that never rests: intents begin, move, end and are removed; some words come
 * twice, late or broken; samples come between; and the connection drops now and then. Takes events per second and the
 * seconds between two drops.
 */
const TICK_MS = 10
const MOVING = 500

const [perSecond = 2_000, dropEverySec = 20] = process.argv.slice(2).map(Number)
const random = seededRandom(7)
const fusion = await bareFusion()
const moving: { intentId: string; step: number }[] = []
let [intentCount, sentCount] = [0, 0]

function word(intent: { intentId: string; step: number }): void {
  const status = FUSION_WAY[intent.step] ?? 'completed'
  const atMs = Date.now()
  const told = {
    intentId: intent.intentId,
    status,
    updatedAt: atMs,
    createdAt: atMs - intent.step * 1_000,
    timestamp: atMs,
  }
  fusion.intents.set(intent.intentId, JSON.stringify(told))
  const chance = random()
  fusion.say(intent.step === 0 ? 'intent:new' : 'intent:status_changed', told)
  if (chance < 0.3) fusion.say('intent:status', told)
  if (chance > 0.98)
    fusion.say('intent:status_changed', { ...told, status: 'matched', updatedAt: atMs - 5_000 })
  sentCount += chance < 0.3 || chance > 0.98 ? 2 : 1
}

function step(): void {
  const at = Math.floor(random() * MOVING)
  const intent = moving[at]
  const isOver = intent !== undefined && intent.step >= FUSION_WAY.length - 1
  if (isOver) {
    fusion.intents.delete(intent.intentId)
    fusion.say('intent:removed', { intentId: intent.intentId, timestamp: Date.now() })
  }
  if (intent === undefined || isOver) {
    intentCount += 1
    moving[at] = { intentId: `0x${intentCount.toString(16).padStart(64, '5')}`, step: 0 }
  } else intent.step += 1
  word(moving[at] ?? { intentId: '0x0', step: 0 })
  if (random() < 0.02) fusion.sayText(malformedFrame(sentCount))
  if (random() < 0.05) fusion.say('mempool:stats', { total: moving.length, completed: intentCount })
}

setInterval(() => {
  // A console that is slow or away is waited for, so that what it has not taken does not pile up here.
  if (fusion.listeners() === 0 || !fusion.isSent()) return
  for (let n = 0; n < (perSecond * TICK_MS) / 1_000; n += 1) step()
}, TICK_MS)
setInterval(() => {
  fusion.drop()
}, dropEverySec * 1_000)
setInterval(() => {
  // What was asked is remembered for tests that look at it; nobody does here.
  for (const list of [fusion.reads, fusion.heard, fusion.sockets]) list.splice(0, list.length - 10)
  process.send?.({ sentCount })
}, 1_000)
process.on('disconnect', () => process.exit(0))
process.send?.({ url: fusion.url })
