import type { Page } from 'playwright'
import { buildConsole, startChromium, startConsole } from './console.ts'
import { type Figure } from './figures.ts'
import { largeStore } from './largeStore.ts'
import { startSender } from './sender.ts'
import { sized } from './sizes.ts'

/** Events in the store that the console starts on. */
const EVENTS = sized(1_000_000, 100_000)
const RUNS = 5

/** Start of the browser to what it shows, with a large store behind the page; the control is a blank page of the same browser. */
export async function start(): Promise<Figure[]> {
  buildConsole()
  const dataDir = largeStore(EVENTS)
  const sender = await startSender()
  const engine: number[] = []
  const shell: number[] = []
  const rows: number[] = []
  const control: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    const engineFromMs = performance.now()
    const console = await startConsole(dataDir, sender.url)
    engine.push(performance.now() - engineFromMs)
    const shown = await inNewBrowser(console.link, [
      (page) => page.getByRole('navigation').first().waitFor(),
      (page) => page.locator('[role="row"][row-index="0"]').first().waitFor(),
    ])
    shell.push(shown[0] ?? NaN)
    rows.push(shown[1] ?? NaN)
    control.push(
      (await inNewBrowser('data:text/html,<p>blank</p>', [(page) => page.locator('p').waitFor()]))[0] ?? NaN,
    )
    await console.close()
  }
  await sender.close()
  const against = 'a blank page'
  const behind = `${String(EVENTS)} events in the store`
  return [
    {
      what: `browser start to shell painted, ${behind}`,
      unit: 'ms',
      ours: shell,
      control,
      against,
      goal: { ratio: 1.2, is: 'at most' },
    },
    {
      what: `browser start to rows painted, ${behind}`,
      unit: 'ms',
      ours: rows,
      control,
      against,
      goal: { ratio: 2, is: 'at most' },
    },
    { what: `engine start to its link, ${behind}`, unit: 'ms', ours: engine, control: [], against: '' },
  ]
}

/** Milliseconds from the start of a browser to each thing that is waited for, painted. */
async function inNewBrowser(address: string, waits: ((page: Page) => Promise<void>)[]): Promise<number[]> {
  const fromMs = performance.now()
  const browser = await startChromium()
  const page = await browser.newPage()
  await page.goto(address, { waitUntil: 'commit' })
  const found: number[] = []
  for (const wait of waits) {
    await wait(page)
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          requestAnimationFrame(() => {
            setTimeout(resolve)
          })
        }),
    )
    found.push(performance.now() - fromMs)
  }
  await browser.close()
  return found
}
