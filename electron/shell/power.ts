import type { PowerMonitor } from 'electron'

/** What is done when the machine sleeps and wakes. */
export interface PowerSite {
  tell: (what: 'suspend' | 'resume') => Promise<void>
  /** The machine is switched off. */
  stop: () => void
  /** Hears of work that failed. */
  inBackground: (name: string, work: Promise<void>) => void
}

/** Follows the machine's sleep; answers the way to stop following. One sleep is over before the next begins. */
export function followPower(monitor: PowerMonitor, site: PowerSite): () => void {
  let turn = Promise.resolve()
  function next(what: 'suspend' | 'resume'): void {
    const done = turn.then(() => site.tell(what))
    turn = done.catch(() => undefined)
    site.inBackground(`Telling the engine to ${what}`, done)
  }
  const suspend = (): void => {
    next('suspend')
  }
  const resume = (): void => {
    next('resume')
  }
  monitor.on('suspend', suspend)
  monitor.on('resume', resume)
  monitor.on('shutdown', site.stop)
  return () => {
    monitor.off('suspend', suspend)
    monitor.off('resume', resume)
    monitor.off('shutdown', site.stop)
  }
}
