import { expect, test } from 'vitest'
import { settableClock } from '../../test/settableClock.ts'
import type { CredentialStatus } from '../../shared/api/credential.ts'
import { connectionId } from '../../shared/intent/ids.ts'
import { CredentialWatch } from './credentialWatch.ts'

const PRESENT: CredentialStatus = {
  connection: connectionId('eth'),
  kind: 'keychain',
  state: 'present',
  heldIn: 'keychain',
  setAtMs: 1,
  why: '',
  tip: '',
}
const LOCKED: CredentialStatus = { ...PRESENT, state: 'locked', heldIn: null, why: 'It is locked.' }

/** A watch over a vault that answers when the test says so. */
function watched() {
  const clock = settableClock(1_000)
  const looks: ((status: CredentialStatus) => void)[] = []
  const changes: string[] = []
  const background: Promise<unknown>[] = []
  const watch = new CredentialWatch({
    look: () => new Promise((resolve) => looks.push(resolve)),
    clock,
    inBackground: (_, promise) => background.push(promise),
    onChanged: ({ state }) => changes.push(state),
  })
  async function answer(status: CredentialStatus): Promise<void> {
    looks.at(-1)?.(status)
    await background.at(-1)
  }
  return { clock, watch, looks, changes, answer }
}

test('it answers at once and never asks twice at the same time, however slow the keychain is', async () => {
  const { watch, looks, answer } = watched()
  expect([watch.latest(), watch.latest(), watch.latest()]).toEqual([null, null, null])
  expect(looks).toHaveLength(1)
  await answer(PRESENT)
  expect(watch.latest()).toEqual(PRESENT)
  expect(looks).toHaveLength(1)
})

test('after a minute it looks again, and tells when the state is another', async () => {
  const { clock, watch, looks, changes, answer } = watched()
  watch.latest()
  await answer(PRESENT)
  clock.advance(60_001)
  expect(watch.latest()).toEqual(PRESENT)
  await answer(LOCKED)
  expect([looks.length, watch.latest(), changes]).toEqual([2, LOCKED, ['present', 'locked']])
})

test('asked to look now, it does, whatever it knew', async () => {
  const { watch, answer, looks } = watched()
  watch.latest()
  await answer(LOCKED)
  const now = watch.look()
  looks.at(-1)?.(PRESENT)
  expect(await now).toEqual(PRESENT)
  expect(watch.latest()).toEqual(PRESENT)
})
