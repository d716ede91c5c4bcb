/** Things to come, earliest first; what was put in first comes first among those of one instant. */
export interface Agenda<T> {
  readonly size: number
  add: (atMs: number, item: T) => void
  /** When the next one is due; `Infinity` when nothing is to come. */
  nextAtMs: () => number
  /** Takes the next one out, when it is due by then. */
  takeDue: (untilMs: number) => { atMs: number; item: T } | null
}

interface Entry<T> {
  atMs: number
  place: number
  item: T
}

/** An empty agenda: a binary heap, since a busy story holds tens of thousands of things to come. */
export function createAgenda<T>(): Agenda<T> {
  const heap: Entry<T>[] = []
  let place = 0
  return {
    get size() {
      return heap.length
    },
    add: (atMs, item) => {
      heap.push({ atMs, place: place++, item })
      rise(heap)
    },
    nextAtMs: () => heap[0]?.atMs ?? Infinity,
    takeDue: (untilMs) => {
      const first = heap[0]
      if (!first || first.atMs > untilMs) return null
      const last = heap.pop()
      if (last && last !== first) {
        heap[0] = last
        sink(heap)
      }
      return { atMs: first.atMs, item: first.item }
    },
  }
}

function isBefore<T>(one: Entry<T>, other: Entry<T>): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.place < other.place)
}

function rise<T>(heap: Entry<T>[]): void {
  let index = heap.length - 1
  while (index > 0) {
    const above = (index - 1) >> 1
    if (!swapIf(heap, above, index)) return
    index = above
  }
}

function sink<T>(heap: Entry<T>[]): void {
  let index = 0
  for (;;) {
    const left = heap[2 * index + 1]
    const right = heap[2 * index + 2]
    const below = left && right && isBefore(right, left) ? 2 * index + 2 : 2 * index + 1
    if (!swapIf(heap, index, below)) return
    index = below
  }
}

/** Puts the earlier of the two above; answers whether they changed places. */
function swapIf<T>(heap: Entry<T>[], above: number, below: number): boolean {
  const upper = heap[above]
  const lower = heap[below]
  if (!upper || !lower || !isBefore(lower, upper)) return false
  heap[above] = lower
  heap[below] = upper
  return true
}
