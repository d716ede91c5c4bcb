import { afterEach, expect, test, vi } from 'vitest'
import { openLocalStore } from '../../electron/store/localStore.ts'
import { tinyRegister } from '../../electron/store/testing/tinySystem.ts'
import { copyOf, makeImages } from './images.ts'

/** Several stores are opened, on a machine that does other things too. */
const LIMIT = { timeout: 60_000 }

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

test('a crashed store opens where there is no room to compare its conclusions, and it is said', LIMIT, () => {
  using images = makeImages()
  using copy = copyOf(images.crashed)
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
  vi.stubEnv('TMPDIR', '/nowhere/at/all')
  const store = openLocalStore({ ...copy, mode: 'write' }, tinyRegister)
  expect(store.incidents()).toEqual([])
  expect(warned).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('could not be compared'))
  store.close()
})
