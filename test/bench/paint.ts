import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildConsole, startChromium, startConsole } from './console.ts'
import { percentile, type Figure } from './figures.ts'
import { startSender } from './sender.ts'
import { counterPage, latencies, watchPaint } from './watchPaint.ts'

const RATES = [1_000, 10_000]
const RUNS = 5

/** Long enough for a hundred paints a run. */
const WATCH_MS = 2_000

/** How long a stream runs before it is watched, so that compiling and first batches do not count, milliseconds. */
const WARM_MS = 1_000

/** The first row of the grid: with the newest first, the newest intent painted. */
const FIRST_ROW = '.ag-center-cols-container [row-index="0"], [role="row"][row-index="0"]'

/** Wire → journal → fold → page → painted row, against a page that paints a counter from the same socket. */
export async function paint(): Promise<Figure[]> {
  buildConsole()
  const sender = await startSender()
  const browser = await startChromium()
  const figures: Figure[] = []
  for (const perSecond of RATES) {
    const dataDir = mkdtempSync(join(tmpdir(), 'bench-paint-'))
    const console = await startConsole(dataDir, sender.url)
    await sender.order({ do: 'stream', perSecond, intents: 0 })
    const ours: number[][] = []
    const control: number[][] = []
    for (let run = 0; run < RUNS; run += 1) {
      const page = await browser.newPage()
      await page.goto(console.link)
      await page.locator(FIRST_ROW).first().waitFor()
      await page.waitForTimeout(WARM_MS)
      const grid = await watchPaint(page, { selector: FIRST_ROW, attribute: 'row-id', forMs: WATCH_MS })
      ours.push(latencies(grid.paints))
      await page.close()
      const plain = await browser.newPage()
      await plain.setContent(counterPage(sender.url))
      await plain.waitForTimeout(WARM_MS)
      const counter = await watchPaint(plain, { selector: '#newest', attribute: 'data-id', forMs: WATCH_MS })
      control.push(latencies(counter.paints))
      await plain.close()
    }
    await sender.order({ do: 'stop' })
    await console.close()
    rmSync(dataDir, { recursive: true })
    figures.push(...figuresAt(perSecond, ours, control))
  }
  await browser.close()
  await sender.close()
  return figures
}

function figuresAt(perSecond: number, ours: number[][], control: number[][]): Figure[] {
  return ([50, 99] as const).map((percent) => ({
    what: `wire to painted row at ${String(perSecond)} events/s, p${String(percent)}`,
    unit: 'ms',
    ours: ours.map((values) => percentile(values, percent)),
    control: control.map((values) => percentile(values, percent)),
    against: 'a counter from the same socket',
    goal: { ratio: percent === 50 ? 2.5 : 3, is: 'at most' },
  }))
}
