import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { openEvents } from './events.ts'
import { buildConsole, startChromium, startConsole } from './console.ts'
import { type Figure } from './figures.ts'
import { fillStore, largeStore, openHere } from './largeStore.ts'
import { startSender } from './sender.ts'
import { sized } from './sizes.ts'

const ROWS = sized(100_000, 20_000)
const MANY_ROWS = 10 * ROWS
const RUNS = 5

/** How long a page and its engine settle before they are weighed, milliseconds. */
const SETTLE_MS = 1_000
const MIB = 2 ** 20

/** Memory that rows cost the page: ours reads what is shown, the control is AG Grid's own model with the same rows in it. */
export async function memory(): Promise<Figure[]> {
  buildConsole()
  const emptyDir = mkdtempSync(join(tmpdir(), 'bench-memory-'))
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-memory-'))
  fillStore(dataDir, { from: 0, until: ROWS, eventsOf: openEvents })
  const browser = await startChromium()
  const empty = await weighConsole(browser, emptyDir)
  const some = await weighConsole(browser, dataDir)
  const control = await weighClientSideModel(browser, dataDir)
  const many = await weighConsole(browser, largeStore(MANY_ROWS))
  await browser.close()
  for (const folder of [emptyDir, dataDir]) rmSync(folder, { recursive: true })
  const page = some.page.map((value, run) => value - (empty.page[run] ?? NaN))
  const engine = some.engine.map((value, run) => value - (empty.engine[run] ?? NaN))
  return [
    {
      what: `page and engine, ${String(ROWS)} open intents more`,
      unit: 'MiB',
      ours: page.map((value, run) => value + (engine[run] ?? NaN)),
      control,
      against: 'AG Grid client-side model',
      goal: { ratio: 0.35, is: 'at most' },
    },
    {
      what: `page alone, ${String(ROWS)} open intents more`,
      unit: 'MiB',
      ours: page,
      control,
      against: 'the same',
    },
    {
      what: `page and engine at ${String(MANY_ROWS)}`,
      unit: 'MiB',
      ours: many.page.map((value, run) => value + (many.engine[run] ?? NaN)),
      control: some.page.map((value, run) => value + (some.engine[run] ?? NaN)),
      against: `at ${String(ROWS)}`,
      goal: { ratio: 1.1, is: 'at most' },
    },
  ]
}

interface Weight {
  /** Heap of the page, MiB. */
  page: number[]
  /** Resident memory of the engine, MiB. */
  engine: number[]
}

async function weighConsole(browser: Browser, dataDir: string): Promise<Weight> {
  const sender = await startSender()
  const console = await startConsole(dataDir, sender.url)
  const weight: Weight = { page: [], engine: [] }
  for (let run = 0; run < RUNS; run += 1) {
    const page = await browser.newPage()
    await page.goto(console.link)
    await page.getByRole('grid').waitFor()
    weight.page.push(await heapMib(page))
    weight.engine.push(console.residentBytes() / MIB)
    await page.close()
  }
  await console.close()
  await sender.close()
  return weight
}

/** What the same rows add to a page that holds them all, MiB. */
async function weighClientSideModel(browser: Browser, dataDir: string): Promise<number[]> {
  const store = openHere(dataDir, 'read')
  const nowMs = Date.now()
  const sort = { by: 'changed', isAscending: false } as const
  const { rows } = store.page({ query: '', sort, limit: ROWS, since: 0, nowMs })
  store.close()
  const grid = readFileSync(
    createRequire(import.meta.url)
      .resolve('ag-grid-community')
      .replace(/[^/]*$/, '../ag-grid-community.min.js'),
    'utf8',
  )
  const found: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    const page = await browser.newPage()
    await page.setContent('<div id="place" style="height: 700px"></div>')
    await page.addScriptTag({ content: grid })
    await fillGrid(page, '[]')
    const before = await heapMib(page)
    await fillGrid(page, JSON.stringify(rows))
    found.push((await heapMib(page)) - before)
    await page.close()
  }
  return found
}

/** The part of AG Grid's script that the control uses. */
interface GridScript {
  agGrid: {
    createGrid: (
      box: HTMLElement,
      options: object,
    ) => { setGridOption: (name: string, value: unknown) => void }
  }
  grid?: ReturnType<GridScript['agGrid']['createGrid']>
}

async function fillGrid(page: Page, rows: string): Promise<void> {
  await page.evaluate((text) => {
    const script = window as unknown as GridScript
    const box = document.getElementById('place')
    if (box === null) return
    script.grid ??= script.agGrid.createGrid(box, {
      columnDefs: ['id', 'phase', 'status', 'maker', 'solver', 'updatedAtMs'].map((field) => ({ field })),
      getRowId: ({ data }: { data: { id: string } }) => data.id,
    })
    script.grid.setGridOption('rowData', JSON.parse(text))
  }, rows)
}

async function heapMib(page: Page): Promise<number> {
  await page.waitForTimeout(SETTLE_MS)
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize / MIB
}
