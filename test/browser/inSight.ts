import type { Locator } from 'playwright'

/** Whether an element lies whole within the window and nothing lies over its middle. */
export function isInSight(element: Locator): Promise<boolean> {
  return element.evaluate((one) => {
    const { left, top, right, bottom } = one.getBoundingClientRect()
    const isWithin = left >= 0 && top >= 0 && right <= window.innerWidth && bottom <= window.innerHeight
    return isWithin && one.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2))
  })
}
