import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community'
import type { IntentRow } from '../../../shared/api/row.ts'
import { formatAmount, type Amount } from '../../../shared/intent/amount.ts'
import { nextDeadline } from '../../../shared/intent/deadline.ts'
import { shortenId } from '../../../shared/intent/shorten.ts'
import { formatAgo, formatCountdown, formatDuration, formatInstant } from '../../../shared/intent/time.ts'
import type { Clock } from '../../parts/clock.ts'
import { phaseShape, phaseTone, phaseWord, SHAPES } from '../../parts/tone.ts'
import type { GridContext, GridWords } from './GridContext.ts'

// Plain elements instead of components: a grid at the live top draws some thousand cells a second, and a component each
// costs more than everything else on the way of an event (docs/decisions/0009).

/** What a cell shows of a row. */
export interface Cell {
  draw: (row: IntentRow, clock: Clock, words: GridWords) => (Node | string)[]
  /** The whole of what is shown in short, on hover; not asked for before. */
  tell?: (row: IntentRow) => string
  /** Whether it is drawn again with every tick of the clock. */
  isTicking?: true
}

/** How long it is shown that a copy worked: long enough to be seen, gone before the next use. */
const COPIED_MS = 1_500

/** The cells that are more than their text, by the column's id. */
export const CELLS = {
  /** The system's id of the intent; whole on hover, copied with a press. */
  intent: { draw: (row) => [copyableId(row.mainId)] },
  /** Our phase, shape and word. */
  phase: { draw: ({ phase }) => [mark(phaseTone(phase), phaseShape(phase), [phaseWord(phase)])] },
  /** How long the intent has been in its phase; past the normal wait with a mark and what would be normal. */
  wait: { draw: drawWait, tell: (row) => fullInstant(row.phaseSinceMs), isTicking: true },
  /** Who acts next, and at what, where the system tells more than its word; it changes by time alone. */
  next: { draw: drawNext, isTicking: true },
  /** What is given. */
  gives: { draw: (row) => alignedAmount(row.source.amount), tell: (row) => wholeAmount(row.source.amount) },
  /** What is wanted. */
  gets: {
    draw: (row) => alignedAmount(row.destination.amount),
    tell: (row) => wholeAmount(row.destination.amount),
  },
  /** An address, shortened. */
  maker: { draw: (row) => (row.maker === null ? [] : [copyableId(row.maker)]) },
  /** An address, shortened; nothing until somebody has taken the intent. */
  solver: { draw: (row) => (row.solver === null ? [] : [copyableId(row.solver)]) },
  /** Until the nearest deadline that has not passed; for an open intent whose deadlines have all passed, since the last. */
  deadline: { draw: drawDeadline, tell: tellDeadlines, isTicking: true },
  /** What was heard last, from where and when. */
  last: { draw: drawLast, tell: (row) => fullInstant(row.lastHeardAtMs), isTicking: true },
  /** When the intent was made. */
  created: {
    draw: ({ createdAtMs }, { times, read }) => [formatInstant(createdAtMs, times, read())],
    tell: (row) => fullInstant(row.createdAtMs),
    isTicking: true,
  },
} as const satisfies Record<string, Cell>

/** The renderer that AG Grid makes of a cell. */
export function rendererOf(cell: Cell): new () => ICellRendererComp<IntentRow> {
  return class DrawnCell implements ICellRendererComp<IntentRow> {
    readonly #gui = document.createElement('span')
    #params: ICellRendererParams<IntentRow> | null = null
    #stopTicking: () => void = () => undefined

    init(params: ICellRendererParams<IntentRow>): void {
      this.refresh(params)
      if (cell.tell !== undefined)
        this.#gui.addEventListener('pointerenter', () => {
          this.#tell()
        })
      if (cell.isTicking !== true) return
      this.#stopTicking = clockOf(params).subscribe(() => {
        this.#draw()
      })
    }

    getGui(): HTMLElement {
      return this.#gui
    }

    refresh(params: ICellRendererParams<IntentRow>): boolean {
      this.#params = params
      this.#draw()
      return true
    }

    destroy(): void {
      this.#stopTicking()
    }

    #draw(): void {
      const params = this.#params
      const drawn =
        params?.data === undefined ? [] : cell.draw(params.data, clockOf(params), contextOf(params).words)
      this.#gui.replaceChildren(...drawn)
      this.#gui.removeAttribute('title')
    }

    #tell(): void {
      const row = this.#params?.data
      if (row !== undefined) this.#gui.title = cell.tell?.(row) ?? ''
    }
  }
}

function contextOf({ context }: ICellRendererParams<IntentRow>): GridContext {
  return context as GridContext
}

function clockOf(params: ICellRendererParams<IntentRow>): Clock {
  return contextOf(params).clock
}

function element(name: string, className: string, children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name)
  made.className = className
  made.append(...children)
  return made
}

function mark(tone: string, shape: string, children: (Node | string)[]): HTMLElement {
  const shaped = element('span', 'mark-shape', [shape])
  shaped.ariaHidden = 'true'
  const made = element('span', 'mark', [shaped, ...children])
  made.dataset['tone'] = tone
  return made
}

function copyableId(value: string): HTMLElement {
  const button = element('button', 'copyable-id mono', [shortenId(value)]) as HTMLButtonElement
  button.type = 'button'
  button.tabIndex = -1
  button.title = `${value} (press to copy)`
  const say = (words: string): void => {
    button.textContent = words
    setTimeout(() => (button.textContent = shortenId(value)), COPIED_MS)
  }
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(value).then(
      () => {
        say('copied')
      },
      () => {
        say('not allowed')
      },
    )
  })
  return button
}

function drawWait({ overdueAtMs, phaseSinceMs }: IntentRow, { read }: Clock): (Node | string)[] {
  const nowMs = read()
  const lasted = formatDuration(wholeSeconds(nowMs - phaseSinceMs))
  if (overdueAtMs === null || nowMs < overdueAtMs) return [lasted]
  const normalMs = overdueAtMs - phaseSinceMs
  const words = normalMs > 0 ? `${lasted} · normal ≤ ${formatDuration(normalMs)}` : lasted
  return [element('strong', '', [mark('waiting', SHAPES.waiting, [words])])]
}

function drawNext(row: IntentRow, { read }: Clock, words: GridWords): (Node | string)[] {
  const { actor, at } = words.next(row, read())
  if (actor === '' || actor === 'nobody') return []
  return at === '' ? [actor] : [actor, element('span', 'muted', [` · ${at}`])]
}

/** What ticks once a second is written in seconds; a clock slightly ahead of ours is not shown as a negative age. */
function wholeSeconds(durationMs: number): number {
  return Math.max(0, Math.floor(durationMs / 1_000) * 1_000)
}

function drawDeadline({ isTerminal, deadlines }: IntentRow, { read }: Clock): (Node | string)[] {
  if (isTerminal || deadlines.length === 0) return []
  const nowMs = read()
  const next = nextDeadline(deadlines, nowMs)
  if (next !== null) return [formatCountdown(next.atMs, nowMs)]
  const lastMs = Math.max(...deadlines.map(({ atMs }) => atMs))
  return [mark('waiting', SHAPES.waiting, [formatCountdown(lastMs, nowMs)])]
}

function tellDeadlines({ deadlines }: IntentRow): string {
  return deadlines.map(({ atMs }) => fullInstant(atMs)).join(', ')
}

function drawLast({ lastKind, lastOrigin, lastHeardAtMs }: IntentRow, { read }: Clock): (Node | string)[] {
  return [element('span', 'muted', [`${lastKind} · ${lastOrigin} · `]), formatAgo(lastHeardAtMs, read())]
}

function alignedAmount(amount: Amount | null): (Node | string)[] {
  if (amount === null) return []
  const { text, unit } = formatAmount(amount)
  const [whole = '', fraction] = text.split('.')
  const isDivided = amount.decimals !== null
  const made = element('span', 'aligned-amount', [element('span', 'aligned-whole', [whole])])
  made.dataset['divided'] = String(isDivided)
  if (isDivided)
    made.append(element('span', 'aligned-fraction', [fraction === undefined ? '' : `.${fraction}`]))
  made.append(element('span', 'aligned-unit', [unit]))
  return [made]
}

function wholeAmount(amount: Amount | null): string {
  if (amount === null) return ''
  const { text, unit, raw } = formatAmount(amount)
  return `${text} ${unit} (${raw} base units)`
}

function fullInstant(atMs: number): string {
  return formatInstant(atMs, 'utc', atMs)
}
