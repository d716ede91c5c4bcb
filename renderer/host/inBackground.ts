/** Runs something that nobody waits for; what goes wrong stands in the page's log under its name. */
export function inBackground(name: string, work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    console.error(`${name}:`, error)
  })
}
