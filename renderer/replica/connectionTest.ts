import { useEffect, useState } from 'react'
import { LONGEST_WAIT_MS } from '../../shared/api/contractParts.ts'
import type { FailureShape } from '../../shared/api/failure.ts'
import type { TestStep } from '../../shared/api/presence.ts'
import { client } from '../host/client.ts'
import { failureOf } from '../host/failureOf.ts'
import { inBackground } from '../host/inBackground.ts'

/** A test of a connection as far as it has come. */
export interface ConnectionTestState {
  steps: TestStep[]
  isDone: boolean
  isCancelled: boolean
  failure: FailureShape | null
  /** Its name, once the engine has given it one. */
  name: string | null
}

const BEGUN: ConnectionTestState = { steps: [], isDone: false, isCancelled: false, failure: null, name: null }

/**
 * A test of one connection: `start` begins it (again), `cancel` ends it, `dismiss` puts it away. `test` is null when there
 * is none. The engine ends a test by itself when the page goes away.
 */
export function useConnectionTest(connection: string): {
  test: ConnectionTestState | null
  start: () => void
  cancel: () => void
  dismiss: () => void
} {
  const [run, setRun] = useState(0)
  const [test, setTest] = useState<ConnectionTestState | null>(null)
  useEffect(() => {
    if (run === 0) return
    const end = new AbortController()
    inBackground('a connection test', follow(connection, end.signal, setTest))
    return () => {
      end.abort()
    }
  }, [connection, run])

  return {
    test,
    start: () => {
      setTest(BEGUN)
      setRun((before) => before + 1)
    },
    cancel: () => {
      const name = test?.name ?? null
      if (name !== null) inBackground('ending a test', client.connections.testCancel({ test: name }))
    },
    dismiss: () => {
      setTest(null)
      setRun(0)
    },
  }
}

async function follow(
  connection: string,
  signal: AbortSignal,
  tell: (state: ConnectionTestState) => void,
): Promise<void> {
  let state = BEGUN
  try {
    const { test } = await client.connections.test({ connection }, { signal })
    state = { ...BEGUN, name: test }
    tell(state)
    let since = 0
    while (!state.isDone) {
      const news = await client.connections.testNext({ test, since, waitMs: LONGEST_WAIT_MS }, { signal })
      if (signal.aborted) return
      since = news.version
      const { steps, isDone, isCancelled } = news
      state = { ...state, steps, isDone, isCancelled }
      tell(state)
    }
  } catch (error) {
    if (!signal.aborted) tell({ ...state, isDone: true, failure: failureOf(error) })
  }
}
