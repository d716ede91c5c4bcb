import type { Rectangle } from 'electron'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** A window that was never placed: all columns of the grid and an intent beside them, on the smallest common laptop. */
const FIRST_SIZE = { width: 1280, height: 800 }

/** Least size at which every screen can still be used (the page's own narrowest layout). */
export const LEAST_SIZE = { width: 800, height: 500 }

/** How much of a window must be on a display for a person to catch it, points. */
const CATCHABLE = 80

const placeSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(LEAST_SIZE.width).max(20_000),
  height: z.number().int().min(LEAST_SIZE.height).max(20_000),
  isMaximized: z.boolean(),
})

/** Where the window was when it was closed, in points of the whole desktop. */
export type Place = z.infer<typeof placeSchema>

/** Where to open the window. Without a place, or with one on a display that is gone, the system chooses. */
export type Opening = { width: number; height: number; isMaximized: boolean } | Place

/** Reads where the window was; a file that is missing or wrong counts as never placed. */
export async function readPlace(folder: string, displays: readonly Rectangle[]): Promise<Opening> {
  const text = await readFile(placeFile(folder), 'utf8').catch(() => '')
  const place = placeSchema.safeParse(jsonOrNull(text)).data
  if (place === undefined) return { ...FIRST_SIZE, isMaximized: false }
  const { width, height, isMaximized } = place
  return displays.some((display) => isCatchable(place, display)) ? place : { width, height, isMaximized }
}

/** Keeps where the window is, whole or not at all. */
export async function keepPlace(folder: string, place: Place): Promise<void> {
  const file = placeFile(folder)
  await writeFile(`${file}.draft`, `${JSON.stringify(place)}\n`, { mode: 0o600 })
  await rename(`${file}.draft`, file)
}

function placeFile(folder: string): string {
  return join(folder, 'window.json')
}

/** Whether enough of the window's upper edge, by which it is moved, lies on a display. */
function isCatchable(place: Place, display: Rectangle): boolean {
  const left = Math.max(place.x, display.x)
  const right = Math.min(place.x + place.width, display.x + display.width)
  const isRowThere = place.y >= display.y && place.y <= display.y + display.height - CATCHABLE
  return right - left >= CATCHABLE && isRowThere
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
