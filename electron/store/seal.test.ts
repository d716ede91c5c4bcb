import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { databaseFile } from './files.ts'
import { openLocalStore } from './localStore.ts'
import { sealFile, sealState } from './seal.ts'
import { scratchFolder } from './testing/scratch.ts'
import { tinyEvent, tinyRegister } from './testing/tinySystem.ts'

test('stands from a close in order to the next opening, and notices every change in between', () => {
  using scratch = scratchFolder()
  const { dataDir } = scratch
  const open = () => openLocalStore({ dataDir, mode: 'write' }, tinyRegister)
  const store = open()
  store.append([tinyEvent({ ids: ['abc'] }, 1)])
  expect(sealState(dataDir)).toBe('open')
  store.close()
  expect(sealState(dataDir)).toBe('whole')

  const file = databaseFile(dataDir)
  const whole = readFileSync(file)
  const changed = Buffer.from(whole)
  changed[5_000] = (changed[5_000] ?? 0) ^ 1
  writeFileSync(file, changed)
  expect(sealState(dataDir)).toBe('changed')
  writeFileSync(file, whole)
  appendFileSync(file, 'x')
  expect(sealState(dataDir)).toBe('changed')
  writeFileSync(file, whole)
  const seal = readFileSync(sealFile(dataDir))
  writeFileSync(sealFile(dataDir), seal.subarray(0, 9))
  expect(sealState(dataDir)).toBe('open')
  writeFileSync(sealFile(dataDir), seal)
  expect(sealState(dataDir)).toBe('whole')
})

test('a reader that still has the store open when it is closed does not make the next start believe in a crash', () => {
  using scratch = scratchFolder()
  const store = openLocalStore({ ...scratch, mode: 'write' }, tinyRegister)
  store.append([tinyEvent({ ids: ['abc'] }, 1)])
  const reader = openLocalStore({ ...scratch, mode: 'read' }, tinyRegister)
  expect(reader.head().lastSeq).toBe(1)
  store.close()
  reader.close()
  const again = openLocalStore({ ...scratch, mode: 'write' }, tinyRegister)
  expect([again.head().lastSeq, again.incidents()]).toEqual([1, []])
  again.close()
})
