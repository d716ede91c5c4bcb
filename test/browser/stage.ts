import type { Browser } from 'playwright'
import { bareFusion, type BareFusion } from '../bareFusion.ts'
import { until } from '../until.ts'
import {
  openPage,
  startBrowser,
  startConsoleOn,
  type ConsoleMore,
  type RunningConsole,
  type WatchedPage,
} from './console.ts'

/** A console, a browser and an empty page in it: what one file of tests plays on. */
export interface Stage extends WatchedPage {
  running: RunningConsole
  browser: Browser
  /** Closes both and answers the exit code of the console. */
  close: () => Promise<number | null>
}

/** Opens a page of this size beside the console that `start` starts. */
export async function openStage(
  start: () => Promise<RunningConsole>,
  size?: { width: number; height: number },
): Promise<Stage> {
  const browser = await startBrowser()
  const running = await start()
  const watched = await openPage(browser, size)
  return {
    ...watched,
    running,
    browser,
    close: async () => {
      await browser.close()
      return running.close()
    },
  }
}

/** Opens a page beside a console that listens to a bare Fusion backend, under the name `id`. */
export async function openFusionStage(
  id: string,
  more: ConsoleMore = {},
): Promise<Stage & { fusion: BareFusion }> {
  const fusion = await bareFusion()
  const connection = { id, system: 'fusion', url: fusion.url, credential: 'none' }
  const stage = await openStage(() => startConsoleOn([connection], more))
  await until('the console to listen', () => fusion.listeners() > 0)
  return {
    ...stage,
    fusion,
    close: async () => {
      const code = await stage.close()
      await fusion.close()
      return code
    },
  }
}
