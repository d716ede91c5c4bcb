import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CHECKLIST } from '../shell/checklist.ts'
import { complaintsAbout } from './promisesPage.ts'

/** How many promises there are of each kind. */
const KINDS = { D: 13, A: 4, S: 5, M: 7, C: 3, H: 3, L: 3, E: CHECKLIST.length }

const IDS = Object.entries(KINDS).flatMap(([kind, count]) =>
  Array.from({ length: count }, (_, at) => `${kind}${at + 1}`),
)

const page = readFileSync(new URL('../../docs/promises.md', import.meta.url), 'utf8')

test('every promise has one row, whose files and tests are there', () => {
  expect(complaintsAbout(page, IDS)).toEqual([])
})

test('the points of Electron’s list are those of the checklist', () => {
  const points = page.matchAll(/^\| E(\d+) +\| (.+?) +\|$/gm)
  const written = [...points].map(([, number, title]) => ({
    number: Number(number),
    title: title?.replaceAll('\\', ''),
  }))
  expect(written).toEqual(CHECKLIST.map(({ number, title }) => ({ number, title })))
})

test.each([
  { what: 'a promise without a row', text: /^\| D7 .*\n/m, by: '', complaint: 'D7 has not exactly one row.' },
  { what: 'a row of no promise', text: '| D7 ', by: '| D70 ', complaint: 'D70 is no promise.' },
  {
    what: 'a file that is gone',
    text: 'hosts/totality.test.ts',
    by: 'hosts/total.test.ts',
    complaint: 'test/hosts/total.test.ts does not exist.',
  },
  {
    what: 'a test that was renamed',
    text: '“exposes the list',
    by: '“exposes a list',
    complaint: 'C3: no test “exposes a list and nothing else”.',
  },
  {
    what: 'a row without its control',
    text: /(\| C2 .*\| )“[^|]*( \|)/,
    by: '$1$2',
    complaint: 'C2 has no positive control.',
  },
  {
    what: 'a row that nothing runs',
    text: /`npx vitest run (.*suspend)/,
    by: '`run $1',
    complaint: 'L1 does not say what runs it.',
  },
])('control: $what is noticed', ({ text, by, complaint }) => {
  expect(complaintsAbout(page.replace(text, by), IDS)).toContain(complaint)
})
