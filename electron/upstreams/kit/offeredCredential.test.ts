import { expect, it } from 'vitest'
import { offeredCredential } from './offeredCredential.ts'

it('tells another credential from the one offered last, its lack included', async () => {
  let stored: string | null = null
  const credential = offeredCredential(() => Promise.resolve(stored))
  expect(await credential.read()).toBeNull()
  expect(await credential.hasChanged()).toBe(false)
  stored = 'none'
  expect(await credential.hasChanged()).toBe(true)
  expect(await credential.read()).toBe('none')
  expect(await credential.hasChanged()).toBe(false)
  stored = null
  expect(await credential.hasChanged()).toBe(true)
})

it('takes the first look for an offer when nothing was offered', async () => {
  let stored = 'one'
  const credential = offeredCredential(() => Promise.resolve(stored))
  expect(await credential.hasChanged()).toBe(false)
  stored = 'two'
  expect(await credential.hasChanged()).toBe(true)
})

it('keeps no credential', async () => {
  const credential = offeredCredential(() => Promise.resolve('canary'))
  await credential.read()
  expect(JSON.stringify(credential)).not.toContain('canary')
})
