/** Whether smaller sizes are asked for: for a first look after a change, not for figures to be quoted. */
export const IS_QUICK: boolean = process.argv.includes('--quick')

/** Whether stores of 10,000,000 intents are measured too, which take a quarter of an hour to make. */
export const IS_HUGE: boolean = process.argv.includes('--huge')

/** The full size of something, or the smaller one with `--quick`. */
export function sized(full: number, quick: number): number {
  return IS_QUICK ? quick : full
}
