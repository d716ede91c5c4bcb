import { useSyncExternalStore } from 'react'
import { engineState, onEngineState, type EngineState } from './engine.ts'

/** How this page stands to its engine. */
export function useEngineState(): EngineState {
  return useSyncExternalStore(onEngineState, engineState)
}
