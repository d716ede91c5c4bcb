import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLocalStore } from '../../electron/store/localStore.ts'
import { tinyRegister } from '../../electron/store/testing/tinySystem.ts'
import { asOther } from '../otherUser.ts'
import { partsOf } from './images.ts'

let folder: string
let dataDir: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'readonly-'))
  chmodSync(folder, 0o755)
  dataDir = join(folder, 'data')
})

afterEach(() => {
  chmodSync(dataDir, 0o755)
  rmSync(folder, { recursive: true })
})

function opened(): unknown {
  const root = new URL('openRoot.ts', import.meta.url).pathname
  // To root every folder can be written, unless it gives that right away.
  const { program, args } = asOther('root without rights', [process.execPath, root, dataDir])
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  expect(stdout, stderr).not.toBe('')
  return JSON.parse(stdout)
}

test('an empty folder that cannot be written is a failure with what to do', () => {
  mkdirSync(dataDir, { mode: 0o555 })
  expect(opened()).toMatchObject({ code: 'disk', tip: expect.stringContaining('rights') as unknown })
  expect(readdirSync(dataDir)).toEqual([])
})

test('so is one with a store in it, which stays as it is', () => {
  openLocalStore({ dataDir, mode: 'write' }, tinyRegister).close()
  const [before, names] = [partsOf(dataDir), readdirSync(dataDir)]
  for (const name of names) chmodSync(join(dataDir, name), 0o444)
  chmodSync(dataDir, 0o555)
  expect(opened()).toMatchObject({ code: 'disk', tip: expect.stringContaining('rights') as unknown })
  expect([partsOf(dataDir), readdirSync(dataDir)]).toEqual([before, names])
})
