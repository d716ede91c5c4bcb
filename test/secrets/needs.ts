import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Whether the set-up of this machine must have brought every tool: then a test without its tool fails instead of skipping. */
const isSetUp = process.env['CI'] === 'true' || (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'))

/**
 * Whether a test that needs these programs is to be skipped, which a sentence on stderr then explains. On a machine that
 * `test/setup.js` sets up, it is not skipped but fails at what it lacks.
 */
export function isSkippedWithout(...programs: string[]): boolean {
  const places = (process.env['PATH'] ?? '').split(delimiter)
  const missing = programs.filter((program) => !places.some((place) => existsSync(join(place, program))))
  if (missing.length === 0) return false
  const sentence = `This test needs ${missing.join(', ')}: install what test/setup.js names.`
  if (isSetUp) throw new Error(sentence)
  process.stderr.write(`Skipped. ${sentence}\n`)
  return true
}
