/** What is kept of a story, in the order of its beginning. */
export interface Book<T> {
  add: (item: T) => void
  /** Letter case does not count. */
  find: (id: string) => T | undefined
  all: () => T[]
}

/** What a book keeps, and by which name. */
export interface BookOptions<T> {
  /** Beyond so many, the oldest that is over is let go. */
  most: number
  /** In lower case. */
  idOf: (item: T) => string
  isOver: (item: T) => boolean
}

/** An empty book. */
export function createBook<T>({ most, idOf, isOver }: BookOptions<T>): Book<T> {
  const byId = new Map<string, T>()
  return {
    add: (item) => {
      byId.set(idOf(item), item)
      if (byId.size <= most) return
      for (const [id, old] of byId) {
        if (!isOver(old)) continue
        byId.delete(id)
        return
      }
    },
    find: (id) => byId.get(id.toLowerCase()),
    all: () => [...byId.values()],
  }
}
