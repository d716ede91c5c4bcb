import { describe, expect, it } from 'vitest'
import type { Presence } from '../../../shared/api/presence.ts'
import { settableClock, type SettableClock } from '../../../test/settableClock.ts'
import { longestDelayMs } from './backoff.ts'
import { Keeper, type Trouble } from './keepConnected.ts'
import { offeredCredential, type OfferedCredential } from './offeredCredential.ts'

const BROKEN: Trouble = { state: 'retrying', reason: 'It broke.', tip: 'Mend it.' }

interface Kept {
  clock: SettableClock
  keeper: Keeper
  /** When each attempt began. */
  attemptsMs: number[]
  presences: Presence[]
  lostMs: number[]
  dropCount: () => number
}

function keep(
  onOpen: (keeper: Keeper) => void,
  { random = 1, credential }: { random?: number; credential?: OfferedCredential } = {},
): Kept {
  const clock = settableClock(1_795_269_600_000)
  const attemptsMs: number[] = []
  const presences: Presence[] = []
  const lostMs: number[] = []
  let drops = 0
  const keeper: Keeper = new Keeper({
    clock,
    random: () => random,
    staleAfterMs: 45_000,
    ...(credential === undefined ? {} : { credential }),
    tell: (presence) => presences.push(presence),
    onLost: (atMs) => lostMs.push(atMs),
    carrier: {
      open: () => {
        attemptsMs.push(clock.nowMs())
        onOpen(keeper)
      },
      drop: () => {
        drops += 1
      },
    },
  })
  keeper.start()
  return { clock, keeper, attemptsMs, presences, lostMs, dropCount: () => drops }
}

function last(kept: Kept): Presence {
  const presence = kept.presences.at(-1)
  if (presence === undefined) throw new Error('nothing was told')
  return presence
}

/** Lets time pass in steps, with all that waits for promises only done in between. */
async function passing(clock: SettableClock, forMs: number): Promise<void> {
  const steps = Math.max(1, Math.ceil(forMs / 1_000))
  for (let step = 0; step < steps; step += 1) {
    clock.advance(forMs / steps)
    for (let turn = 0; turn < 6; turn += 1) await Promise.resolve()
  }
}

describe('keeper', () => {
  it.each([
    [
      'refuses',
      (keeper: Keeper) => {
        keeper.down(BROKEN)
      },
    ],
    [
      'accepts and closes',
      (keeper: Keeper) => {
        keeper.opened()
        keeper.down(BROKEN)
      },
    ],
  ])('tries a server that %s no faster than the back-off’s bounds', (_, onOpen) => {
    const { clock, attemptsMs } = keep(onOpen)
    clock.advance(300_000)
    const waits = attemptsMs.slice(1).map((atMs, at) => atMs - (attemptsMs[at] ?? 0))
    expect(waits).toEqual(waits.map((_wait, at) => longestDelayMs(at + 1)))
    expect(waits.at(-1)).toBe(30_000)
  })

  it('shows the planned attempt, then that it is under way', () => {
    const kept = keep((keeper) => {
      keeper.down(BROKEN)
    })
    expect(last(kept)).toMatchObject({ ...BROKEN, attempt: 1, nextRetryAtMs: kept.clock.nowMs() + 1_000 })
  })

  it('waits a minute after a refusal', () => {
    const kept = keep((keeper) => {
      keeper.down({ ...BROKEN, state: 'refused' })
    })
    kept.clock.advance(59_999)
    expect(kept.attemptsMs).toHaveLength(1)
    kept.clock.advance(1)
    expect(kept.attemptsMs).toHaveLength(2)
  })

  it('waits at least as long as the server asked for', () => {
    const kept = keep((keeper) => {
      keeper.down({ ...BROKEN, pauseMs: 120_000 })
    })
    expect(last(kept).nextRetryAtMs).toBe(kept.clock.nowMs() + 120_000)
    kept.clock.advance(119_999)
    expect(kept.attemptsMs).toHaveLength(1)
    kept.clock.advance(1)
    expect(kept.attemptsMs).toHaveLength(2)
  })

  it('says until when readings are paused, and no longer than they are', () => {
    const kept = keep((keeper) => {
      keeper.opened()
    })
    kept.keeper.paused(kept.clock.nowMs() + 20_000)
    expect(last(kept).pausedUntilMs).toBe(kept.clock.nowMs() + 20_000)
    kept.clock.advance(20_000)
    kept.keeper.heard()
    expect(last(kept).pausedUntilMs).toBeNull()
  })

  describe('refused for lack of a credential', () => {
    const SHUT_OUT: Trouble = { ...BROKEN, state: 'needs-credentials' }

    /** A server that lets in whoever offers the good one. */
    function guarded(state: Trouble['state'] = 'needs-credentials') {
      const server = { stored: 'old', good: 'new', offered: [] as (string | null)[] }
      const credential = offeredCredential(() => Promise.resolve(server.stored))
      const open = async (keeper: Keeper): Promise<void> => {
        const offered = await credential.read()
        server.offered.push(offered)
        if (offered === server.good) keeper.opened()
        else keeper.down({ ...SHUT_OUT, state })
      }
      const kept = keep((keeper) => void open(keeper), { credential })
      return { server, kept }
    }

    it('tries one credential once, however long it takes, and another as soon as there is one', async () => {
      const { server, kept } = guarded()
      await passing(kept.clock, 3_600_000)
      expect(server.offered).toEqual(['old'])
      expect(last(kept)).toMatchObject({ state: 'needs-credentials', nextRetryAtMs: null })
      server.stored = 'worse'
      await passing(kept.clock, 3_600_000)
      expect(server.offered).toEqual(['old', 'worse'])
      server.stored = 'new'
      await passing(kept.clock, 10_000)
      expect(server.offered).toEqual(['old', 'worse', 'new'])
      expect(last(kept).state).toBe('live')
    })

    it('control: with the delays of any other trouble it hammers', async () => {
      const { server, kept } = guarded('retrying')
      await passing(kept.clock, 3_600_000)
      expect(server.offered.length).toBeGreaterThan(100)
    })

    it('tries at once when a person says so, and leaves nothing running when stopped', async () => {
      const { server, kept } = guarded()
      await passing(kept.clock, 60_000)
      kept.keeper.reconnectNow()
      await passing(kept.clock, 0)
      expect(server.offered).toEqual(['old', 'old'])
      kept.keeper.stop()
      await passing(kept.clock, 60_000)
      expect(kept.clock.pending()).toBe(0)
    })

    it('asks again after five minutes where no credential can be given', () => {
      const kept = keep((keeper) => {
        keeper.down(SHUT_OUT)
      })
      kept.clock.advance(299_999)
      expect(kept.attemptsMs).toHaveLength(1)
      kept.clock.advance(1)
      expect(kept.attemptsMs).toHaveLength(2)
    })
  })

  it('gives up an attempt that nobody answers', () => {
    const kept = keep(() => undefined)
    kept.clock.advance(15_000)
    expect(last(kept)).toMatchObject({ state: 'retrying', reason: 'There was no answer within 15 s.' })
    expect(kept.dropCount()).toBe(1)
  })

  it('is live when open, stale after 30 s of silence, live again on traffic', () => {
    const kept = keep((keeper) => {
      keeper.opened()
    })
    expect(last(kept)).toMatchObject({ state: 'live', reason: '' })
    kept.clock.advance(30_000)
    expect(last(kept)).toMatchObject({ state: 'stale', reason: 'Nothing was received for 30 s.' })
    kept.keeper.heard()
    expect(last(kept).state).toBe('live')
    expect(kept.lostMs).toEqual([])
  })

  it('gives up a connection that is silent for 45 s, and says since when', () => {
    const kept = keep((keeper) => {
      keeper.opened()
    })
    kept.clock.advance(10_000)
    kept.keeper.heard()
    const heardMs = kept.clock.nowMs()
    kept.clock.advance(45_000)
    expect(kept.lostMs).toEqual([heardMs])
    expect(kept.dropCount()).toBe(1)
  })

  it('is not fooled by a clock that is set back', () => {
    const kept = keep((keeper) => {
      keeper.opened()
    })
    kept.clock.set(kept.clock.nowMs() - 3_600_000)
    kept.clock.advance(100_000)
    expect(kept.lostMs).toHaveLength(1)
  })

  it('tries at once when asked, and leaves a live connection alone', () => {
    let isUp = false
    const kept = keep((keeper) => {
      if (isUp) keeper.opened()
      else keeper.down({ ...BROKEN, state: 'refused' })
    })
    isUp = true
    kept.keeper.reconnectNow()
    kept.keeper.reconnectNow()
    expect(kept.attemptsMs).toHaveLength(2)
    kept.clock.advance(30_000)
    expect(last(kept).state).toBe('stale')
    kept.keeper.reconnectNow()
    expect(kept.attemptsMs).toHaveLength(3)
    expect(kept.lostMs).toHaveLength(1)
    expect(last(kept).state).toBe('live')
  })

  it('stops for good, whatever it was doing', () => {
    for (const onOpen of [
      () => undefined,
      (keeper: Keeper) => {
        keeper.opened()
      },
      (keeper: Keeper) => {
        keeper.down(BROKEN)
      },
    ]) {
      const kept = keep(onOpen)
      kept.keeper.stop()
      kept.keeper.down(BROKEN)
      kept.keeper.reconnectNow()
      kept.clock.advance(300_000)
      expect(kept.clock.pending()).toBe(0)
      expect(kept.attemptsMs).toHaveLength(1)
      expect(last(kept).state).toBe('stopped')
    }
  })
})
