/** How much of a whole a part is, in percent with one digit, cut and not rounded, so that 100 means all of it; null of nothing. */
export function partOf(doneRaw: string, totalRaw: string): string | null {
  const total = BigInt(totalRaw)
  if (total === 0n) return null
  const permille = (BigInt(doneRaw) * 1_000n) / total
  const tenth = permille % 10n
  return `${permille / 10n}${tenth === 0n ? '' : `.${tenth}`}`
}
