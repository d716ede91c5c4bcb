/** Waits for a promise, but no longer than `limitMs` of real time; answers whether it was done by then. */
export async function isDoneWithin(limitMs: number, promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, limitMs, false)
  })
  const isDone = await Promise.race([promise.then(() => true), limit])
  clearTimeout(timer)
  return isDone
}
