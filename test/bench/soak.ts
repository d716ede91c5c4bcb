import { soak as soakConsole, type Look } from '../abuse/soak.ts'
import type { Figure } from './figures.ts'
import { sized } from './sizes.ts'

/** One hour at 200 events a second in one minute is more than a small machine takes: this is twelve minutes of it. */
const SECONDS = sized(60, 20)
const PER_SECOND = 2_400
const DROP_EVERY_SEC = 10
const LOOK_EVERY_SEC = 2

/** The log of the database is moved away beyond 32 MiB; what is written meanwhile comes on top. */
const LONGEST_LOG_MIB = 64

/** What must not grow with time, and how much of it is noise. */
const MEASURES: Record<
  'heapMb' | 'fds' | 'timers' | 'listeners' | 'walMb',
  Pick<Figure, 'unit' | 'goal' | 'limit'>
> = {
  heapMb: { unit: 'MiB', goal: { ratio: 1.1, is: 'at most' } },
  fds: { unit: 'files', goal: { ratio: 1, is: 'at most' } },
  timers: { unit: 'timers', goal: { ratio: 1, is: 'at most' } },
  listeners: { unit: 'listeners', goal: { ratio: 1, is: 'at most' } },
  walMb: { unit: 'MiB', limit: { value: LONGEST_LOG_MIB, is: 'at most' } },
}

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
    ...MEASURES[measure],
    ours: valuesOf(looks.slice(-third), measure),
    control: valuesOf(looks.slice(0, third), measure),
    against: 'the first third',
  }))
}

function valuesOf(looks: readonly Look[], measure: keyof typeof MEASURES): number[] {
  return looks.map((look) => look[measure])
}
