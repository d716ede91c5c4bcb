import { useSyncExternalStore } from 'react'

/** Ages and countdowns are written in whole seconds. */
const TICK_MS = 1_000

const listeners = new Set<() => void>()
let aheadByMs = 0
let nowMs = Date.now()
let timer: ReturnType<typeof setInterval> | null = null

/** Sets this page's clock by the engine's, so that ages are right whatever clock the engine runs on. */
export function setEngineNow(engineNowMs: number): void {
  aheadByMs = engineNowMs - Date.now()
}

/** The engine's clock now, epoch milliseconds. */
export function engineNow(): number {
  return Date.now() + aheadByMs
}

/** The engine's clock at the last tick. */
export function lastTick(): number {
  return nowMs
}

/** Calls `listener` once a second, for all listeners together and not at all while the page is hidden. */
export function onTick(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === null) {
    nowMs = engineNow()
    timer = setInterval(tick, TICK_MS)
    document.addEventListener('visibilitychange', tick)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
    document.removeEventListener('visibilitychange', tick)
  }
}

/** The engine's clock, renewed once a second. */
export function useNow(): number {
  return useSyncExternalStore(onTick, lastTick)
}

function tick() {
  if (document.hidden) return
  nowMs = engineNow()
  for (const listener of [...listeners]) listener()
}
