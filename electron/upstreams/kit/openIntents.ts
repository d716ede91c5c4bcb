import type { Site, TrackedIntent } from '../upstream.ts'

/** Intents asked from the store at once. */
const PAGE = 200

/** Every intent that is not over, in the store's order, read page by page; ends early when the signal fires. */
export async function* pagesOfOpen(
  openIntents: Site['openIntents'],
  signal: AbortSignal,
): AsyncGenerator<TrackedIntent> {
  let after: string | null = null
  while (!signal.aborted) {
    const page: TrackedIntent[] = await openIntents(after, PAGE)
    yield* page
    after = page.at(-1)?.id ?? null
    if (page.length < PAGE || after === null) return
  }
}
