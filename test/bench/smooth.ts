import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { buildConsole, startChromium, startConsole } from './console.ts'
import { percentile, type Figure } from './figures.ts'
import { settledEvents } from './events.ts'
import { fillStore } from './largeStore.ts'
import { startSender } from './sender.ts'
import { sized } from './sizes.ts'
import { watchPaint } from './watchPaint.ts'

const ROWS = sized(100_000, 20_000)

/** More than the store takes on any machine tried: what is above is held back at the socket, as by any slow reader. */
const PER_SECOND = 50_000
const RUNS = 5
const WATCH_MS = 2_000

/** How long a page runs before it is watched, milliseconds. */
const WARM_MS = 1_500

/** A turn of the wheel by three rows, ten times a second. */
const TURN_PX = 84
const TURN_EVERY_MS = 100

const FIRST_ROW = '[role="row"][row-index="0"]'

/** Frames of the grid while everything moves, against those of an empty page beside the same console. */
export async function smooth(): Promise<Figure[]> {
  buildConsole()
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-smooth-'))
  fillStore(dataDir, { from: 0, until: ROWS, eventsOf: settledEvents })
  const sender = await startSender()
  const console = await startConsole(dataDir, sender.url)
  const browser = await startChromium()
  await sender.order({ do: 'stream', perSecond: PER_SECOND, intents: ROWS })
  const live: number[] = []
  const scrolled: number[] = []
  const control: number[] = []
  const repaints: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    const page = await browser.newPage()
    await page.goto(console.link)
    await page.locator(FIRST_ROW).first().waitFor()
    await page.waitForTimeout(WARM_MS)
    const top = await watchPaint(page, { selector: '[role="grid"]', attribute: 'x', forMs: WATCH_MS })
    live.push(percentile(top.frameMs, 99))
    repaints.push((top.changedFrameCount * 1_000) / WATCH_MS)
    scrolled.push(percentile(await scrolling(page), 99))
    await page.close()
    const blank = await browser.newPage()
    await blank.waitForTimeout(WARM_MS)
    control.push(percentile(await scrolling(blank), 99))
    await blank.close()
  }
  await browser.close()
  await console.close()
  await sender.close()
  rmSync(dataDir, { recursive: true })
  const against = 'an empty page, wheel turned alike'
  const goal = { ratio: 1.1, is: 'at most' } as const
  const at = `${String(ROWS)} rows, ${String(PER_SECOND)} updates/s sent`
  return [
    { what: `frame p99 while scrolling, ${at}`, unit: 'ms', ours: scrolled, control, against, goal },
    { what: `frame p99 at the live top, ${at}`, unit: 'ms', ours: live, control, against },
    {
      what: `repaints of the live top, ${at}`,
      unit: '1/s',
      ours: repaints,
      control: [],
      against: '',
      limit: { value: 15, is: 'at least' },
    },
  ]
}

/** Time from frame to frame while the wheel is turned. */
async function scrolling(page: Page): Promise<number[]> {
  await page.mouse.move(400, 400)
  const watched = watchPaint(page, { selector: '[role="grid"]', attribute: 'x', forMs: WATCH_MS })
  for (let turned = 0; turned < WATCH_MS / TURN_EVERY_MS; turned += 1) {
    await page.mouse.wheel(0, TURN_PX)
    await page.waitForTimeout(TURN_EVERY_MS)
  }
  return (await watched).frameMs
}
