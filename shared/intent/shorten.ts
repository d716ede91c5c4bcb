/** Characters kept at the end of a shortened id; ids of one system rarely share four. */
const KEPT = 4

/** Ids up to this length stay whole: shortening them would save nothing. */
const SHORT_ENOUGH = 14

/** First part of a UUID, with its dash. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** An id cut in the middle: `0x4f1a…9c02`, `550e8400…0000` of a UUID; the connection of a console id stays whole. */
export function shortenId(id: string): string {
  const colon = id.lastIndexOf(':')
  if (colon >= 0) return id.slice(0, colon + 1) + shortenId(id.slice(colon + 1))
  if (id.length <= SHORT_ENOUGH) return id
  if (UUID.test(id)) return `${id.slice(0, 8)}…${id.slice(-KEPT)}`
  const head = id.startsWith('0x') ? 2 + KEPT : KEPT
  return `${id.slice(0, head)}…${id.slice(-KEPT)}`
}
