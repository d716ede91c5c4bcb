import type { Page } from 'playwright'

/** One paint that showed something newer than the one before. Epoch milliseconds. */
export interface Paint {
  paintedAtMs: number
  /** When the newest thing shown was sent. */
  sentAtMs: number
}

/** What a page did while it was watched. */
export interface Watched {
  paints: Paint[]
  /** Time from each frame to the next, milliseconds. */
  frameMs: number[]
  /** Frames before which anything in the page had changed. */
  changedFrameCount: number
}

/**
 * Watches a page for `forMs`. The newest thing shown is what the attribute `attribute` of the first element that matches
 * `selector` holds, the 16 hexadecimal digits behind `0x` being when it was sent. What changes before a frame is painted
 * counts as painted when the frame is.
 */
export function watchPaint(
  page: Page,
  ask: { selector: string; attribute: string; forMs: number },
): Promise<Watched> {
  return page.evaluate(async ({ selector, attribute, forMs }) => {
    const paints: Paint[] = []
    const frameMs: number[] = []
    const painted = new MessageChannel()
    const endMs = performance.now() + forMs
    let shown = ''
    let isChanged = false
    let changedFrameCount = 0
    let lastFrameMs = NaN
    const changes = new MutationObserver(() => (isChanged = true))
    changes.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
    await new Promise<void>((resolve) => {
      painted.port1.onmessage = () => {
        const newest = isChanged ? (document.querySelector(selector)?.getAttribute(attribute) ?? '') : shown
        if (isChanged) changedFrameCount += 1
        isChanged = false
        const sent = /0x([0-9a-f]{16})/.exec(newest)?.[1]
        if (newest !== shown && sent !== undefined) {
          paints.push({ paintedAtMs: Date.now(), sentAtMs: Number.parseInt(sent, 16) })
        }
        shown = newest
        if (performance.now() < endMs) requestAnimationFrame(frame)
        else resolve()
      }
      const frame = (atMs: number): void => {
        if (!Number.isNaN(lastFrameMs)) frameMs.push(atMs - lastFrameMs)
        lastFrameMs = atMs
        painted.port2.postMessage(null)
      }
      requestAnimationFrame(frame)
    })
    changes.disconnect()
    return { paints, frameMs, changedFrameCount }
  }, ask)
}

/** How long everything sent meanwhile took to be seen, a value for each millisecond of sending. */
export function latencies(paints: readonly Paint[]): number[] {
  const found: number[] = []
  let seenToMs = paints[0]?.sentAtMs ?? 0
  for (const { paintedAtMs, sentAtMs } of paints) {
    for (let atMs = seenToMs + 1; atMs <= sentAtMs; atMs += 1) found.push(paintedAtMs - atMs)
    seenToMs = Math.max(seenToMs, sentAtMs)
  }
  return found
}

/** A page that paints the newest event of a sender's plain socket and does nothing else. */
export function counterPage(senderUrl: string): string {
  const address = senderUrl.replace(/^http/, 'ws')
  return `<!doctype html><title>control</title><p id="newest">0</p><script>
    const newest = document.getElementById('newest')
    let count = 0, id = '', isDue = false
    new WebSocket('${address}/plain').onmessage = ({ data }) => {
      count += 1
      id = JSON.parse(data.slice(2))[1].intentId
      if (isDue) return
      isDue = true
      requestAnimationFrame(() => {
        isDue = false
        newest.textContent = count
        newest.dataset.id = id
      })
    }
  </script>`
}
