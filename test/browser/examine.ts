import { AxeBuilder } from '@axe-core/playwright'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright'
import { expect } from 'vitest'

const PICTURES = fileURLToPath(new URL('screens/', import.meta.url))
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const

/** Pictures what is on the page in both themes and sizes, and looks in both themes for what a person could not read or reach. */
export async function examine(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const size of SIZES) {
      await page.setViewportSize(size)
      await page.screenshot({ path: `${PICTURES}${name}-${colorScheme}-${String(size.width)}.png` })
    }
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200) ?? ''}`)).toEqual([])
  }
  await page.setViewportSize(SIZES[0])
}
