/** How long a condition may take before the test gives up: far beyond what any of them needs on a loaded machine. */
const LIMIT_MS = 15_000
/** Between two looks. */
const LOOK_MS = 10

/** Waits until a condition holds and answers what it found; fails with what was waited for. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  limitMs = LIMIT_MS,
): Promise<NonNullable<T>> {
  const endMs = performance.now() + limitMs
  let last: unknown
  while (performance.now() < endMs) {
    const found = await look()
    if (found !== null && found !== undefined && found !== false) return found
    last = found
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  throw new Error(`Waited in vain for ${what}; last seen: ${JSON.stringify(last)}`)
}
