import { soak as soakConsole, type Look } from '../abuse/soak.ts'
import type { Figure } from './figures.ts'

/** One hour at 200 events a second in one minute is more than a small machine takes: this is twelve minutes of it. */
const SECONDS = 60
const PER_SECOND = 2_400
const DROP_EVERY_SEC = 10
const LOOK_EVERY_SEC = 2

/** What must not grow with time. */
const MEASURES = {
  heapMb: 'MiB',
  fds: 'files',
  timers: 'timers',
  listeners: 'listeners',
  walMb: 'MiB',
} as const

/** A console under mixed load, time compressed: what it holds at the end against what it held at the beginning. */
export async function soak(): Promise<Figure[]> {
  const looks = await soakConsole({
    seconds: SECONDS,
    lookEverySec: LOOK_EVERY_SEC,
    perSecond: PER_SECOND,
    dropEverySec: DROP_EVERY_SEC,
  })
  const third = Math.floor(looks.length / 3)
  return (Object.keys(MEASURES) as (keyof typeof MEASURES)[]).map((measure) => ({
    what: measure,
    unit: MEASURES[measure],
    ours: valuesOf(looks.slice(-third), measure),
    control: valuesOf(looks.slice(0, third), measure),
    against: 'the first third',
  }))
}

function valuesOf(looks: readonly Look[], measure: keyof typeof MEASURES): number[] {
  return looks.map((look) => look[measure])
}
