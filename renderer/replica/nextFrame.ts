/** Resolves before the next paint; while the page is hidden it waits, so that nothing is pulled that nobody sees. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      resolve()
    })
  })
}
