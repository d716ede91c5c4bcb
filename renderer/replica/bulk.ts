import { useEffect, useRef, useState } from 'react'
import type { Consent } from '../../shared/api/action.ts'
import type { Bulk } from '../../shared/api/bulk.ts'
import { LONGEST_WAIT_MS } from '../../shared/api/contractParts.ts'
import type { FailureShape } from '../../shared/api/failure.ts'
import { client } from '../host/client.ts'
import { failureOf } from '../host/failureOf.ts'

/** The same command over a selection, as far as it has come. */
export interface BulkRun {
  /** Null until it is prepared. */
  bulk: Bulk | null
  isUnderWay: boolean
  failure: FailureShape | null
  /** Finds out for which of them it can be done; sends nothing. */
  prepare: (input: Record<string, unknown>) => Promise<void>
  /** Begins, and follows it to its end. */
  give: (consent: Pick<Consent, 'reason' | 'confirm' | 'acknowledge'>) => Promise<void>
  /** Sends no more of it. */
  stop: () => Promise<void>
}

/** Prepares, begins and follows a command over many intents. It goes on in the engine when the page goes away. */
export function useBulk(command: string, intents: readonly string[]): BulkRun {
  const [bulk, setBulk] = useState<Bulk | null>(null)
  const [isUnderWay, setUnderWay] = useState(false)
  const [failure, setFailure] = useState<FailureShape | null>(null)
  const gone = useRef(new AbortController())
  useEffect(() => {
    const here = new AbortController()
    gone.current = here
    return () => {
      here.abort()
    }
  }, [])

  async function during(work: () => Promise<void>): Promise<void> {
    setUnderWay(true)
    setFailure(null)
    try {
      await work()
    } catch (error) {
      if (!gone.current.signal.aborted) setFailure(failureOf(error))
    } finally {
      setUnderWay(false)
    }
  }

  async function follow(begun: Bulk): Promise<void> {
    const { signal } = gone.current
    let last = begun
    setBulk(last)
    while (last.state === 'running' && !signal.aborted) {
      const asked = { bulk: last.bulk, since: last.version, waitMs: LONGEST_WAIT_MS }
      last = await client.actions.bulkNext(asked, { signal })
      setBulk(last)
    }
  }

  return {
    bulk,
    isUnderWay,
    failure,
    prepare: (input) =>
      during(async () => {
        setBulk(await client.actions.bulkPrepare({ command, intents: [...intents], input }))
      }),
    give: ({ acknowledge, ...consent }) =>
      during(async () => {
        if (bulk === null) return
        const accepted = acknowledge === 'unknown' ? acknowledge : [...acknowledge]
        const given = { bulk: bulk.bulk, hash: bulk.hash, acknowledge: accepted, ...consent }
        await follow(await client.actions.bulkGive(given))
      }),
    stop: async () => {
      if (bulk === null) return
      try {
        setBulk(await client.actions.bulkStop({ bulk: bulk.bulk }))
      } catch (error) {
        setFailure(failureOf(error))
      }
    },
  }
}
