import { expect, test } from 'vitest'
import { Absence } from './absence.ts'

function absence(...readings: [Parameters<Absence['add']>[0], number][]): Absence {
  const found = new Absence()
  for (const [sign, waitedMs] of readings) found.add(sign, waitedMs)
  return found
}

test('absence is proved by three readings that span the window, to the millisecond', () => {
  expect(absence(['absent', 0], ['absent', 10_000]).isProof(10_000)).toBe(false)
  expect(absence(['absent', 0], ['absent', 5_000], ['absent', 9_999]).isProof(10_000)).toBe(false)
  const proof = absence(['absent', 0], ['absent', 5_000], ['absent', 10_000])
  expect(proof.isProof(10_000)).toBe(true)
  expect(proof.sentence()).toContain('3 readings over 10 s')
})

test('a contradiction begins it anew, and a reading that failed neither adds nor takes away', () => {
  expect(
    absence(['absent', 0], ['absent', 5_000], ['unclear', 8_000], ['absent', 10_000]).isProof(10_000),
  ).toBe(false)
  expect(
    absence(['absent', 0], ['nothing', 5_000], ['absent', 8_000], ['absent', 10_000]).isProof(10_000),
  ).toBe(true)
  expect(absence(['absent', 0], ['nothing', 5_000], ['nothing', 10_000]).isProof(1)).toBe(false)
})
