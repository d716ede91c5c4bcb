import { describe, expect, it } from 'vitest'
import type { Gate } from '../../shared/api/action.ts'
import type { ConsoleStatus } from '../../shared/api/answers.ts'
import { lockStateOf } from './lockState.ts'

const NOW = 1_000_000

function status(gate: Partial<Gate>, more: Partial<ConsoleStatus> = {}): ConsoleStatus {
  const actions = { isOpen: false, why: '', tip: '', canUnlock: false, unlockedUntilMs: null, ...gate }
  return {
    isReadOnly: false,
    host: 'browser',
    mode: 'live',
    storeTrouble: null,
    actions,
    ...more,
  } as ConsoleStatus
}

describe('lockStateOf', () => {
  it('counts down the minutes of an unlocked profile, and is locked at their end', () => {
    const unlocked = status({ isOpen: true, canUnlock: true, unlockedUntilMs: NOW + 581_000 })
    expect(lockStateOf(unlocked, NOW).words).toBe('Unlocked 09:41 left')
    expect(lockStateOf(unlocked, NOW + 580_500).words).toBe('Unlocked 00:01 left')
    expect(lockStateOf(unlocked, NOW + 581_000)).toMatchObject({ is: 'locked', words: 'Locked' })
  })

  it('says what keeps it closed', () => {
    expect(lockStateOf(status({ canUnlock: true }), NOW).is).toBe('locked')
    expect(lockStateOf(status({}, { isReadOnly: true }), NOW).words).toBe('Read-only')
    expect(lockStateOf(status({}), NOW).words).toBe('This host sends nothing')
    expect(lockStateOf(status({}, { host: 'desktop' }), NOW).words).toBe('Sends nothing')
    expect(lockStateOf(status({}, { storeTrouble: 'full' }), NOW).words).toContain('Disk')
    expect(lockStateOf(status({}, { mode: 'archive' }), NOW).words).toContain('Archive')
  })

  it('is open without an end where nothing has to be unlocked', () => {
    expect(lockStateOf(status({ isOpen: true }), NOW)).toEqual({
      is: 'open',
      words: 'Actions allowed',
      untilMs: null,
    })
  })
})
