import { EventEmitter } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRouterClient, type RouterClient } from '@orpc/server'
import type { PowerMonitor } from 'electron'
import type { EngineRouter } from '../../electron/engine/handlers/router.ts'
import { followPower } from '../../electron/shell/power.ts'
import { plainEngine } from '../plainEngine.ts'
import { settableClock, type SettableClock } from '../settableClock.ts'

/** A console on a machine whose sleep and clock the test decides. */
export interface SleepingConsole {
  client: RouterClient<EngineRouter>
  clock: SettableClock
  /** The machine's word about its sleep. */
  monitor: EventEmitter
  log: string[]
  close: () => Promise<void>
}

/** Starts a real engine on a scratch folder, watching one backend; `isToldOfSleep` false is the control. */
export async function sleepingConsole(
  url: string,
  { isToldOfSleep = true }: { isToldOfSleep?: boolean } = {},
): Promise<SleepingConsole> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sleeping-'))
  const clock = settableClock(1_790_000_000_000)
  const log: string[] = []
  const keep = (sentence: string): void => void log.push(sentence)
  const connections = [{ id: 'fusion-test', system: 'fusion', url, credential: 'none' }]
  const profile = { name: 'sleep', environment: 'sandbox', connections }
  const { engine, close } = await plainEngine({
    dataDir,
    profile: JSON.stringify(profile),
    options: {
      host: 'desktop',
      clock,
      logger: { error: keep, warn: keep, info: () => undefined, debug: () => undefined },
    },
  })
  const monitor = new EventEmitter()
  const forget = followPower(monitor as unknown as PowerMonitor, {
    tell: (what) => (isToldOfSleep ? engine[what]() : Promise.resolve()),
    stop: () => undefined,
    inBackground: (name, work) => {
      work.catch((error: unknown) => log.push(`${name}: ${String(error)}`))
    },
  })
  return {
    client: createRouterClient(engine.router),
    clock,
    monitor,
    log,
    close: async () => {
      forget()
      await close()
      rmSync(dataDir, { recursive: true })
    },
  }
}
