import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const pairs = new Map(
  [...css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name, light, dark]) => [name ?? '', { light: light ?? '', dark: dark ?? '' }],
  ),
)

/** Texts with the grounds that they stand on. */
const MEANINGS = ['open', 'moving', 'waiting', 'done', 'refund', 'failed']
const GROUNDS = ['page', 'surface', 'raised', 'selected', 'changed']
const READ_ON: [string, string][] = [
  ...['text', 'muted', ...MEANINGS].flatMap((text) =>
    GROUNDS.map((ground): [string, string] => [text, ground]),
  ),
  ...MEANINGS.map((meaning): [string, string] => [meaning, `${meaning}-ground`]),
  ...MEANINGS.map((meaning): [string, string] => ['text', `${meaning}-ground`]),
  ...['production', 'staging', 'sandbox'].map((name): [string, string] => [`${name}-text`, name]),
]

/** Contrast as WCAG 2 defines it. */
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

describe('tokens', () => {
  it('measures contrast right', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrast('#777777', '#ffffff')).toBeLessThan(4.5)
  })

  it.each(['light', 'dark'] as const)(
    'can be read in the %s theme wherever text stands on a ground',
    (theme) => {
      const tooWeak = READ_ON.flatMap(([text, ground]) => {
        const ratio = contrast(pairs.get(text)?.[theme] ?? '', pairs.get(ground)?.[theme] ?? '')
        return ratio >= 4.5 ? [] : [`${text} on ${ground}: ${ratio.toFixed(2)}`]
      })
      expect(tooWeak).toEqual([])
    },
  )
})
