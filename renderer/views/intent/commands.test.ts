import { describe, expect, it } from 'vitest'
import type { Presence } from '../../../shared/api/presence.ts'
import { closedCommands, commandWords, rereadClosedBy } from './commands.ts'

describe('commandWords', () => {
  it('says a command in sentence case', () => {
    expect(commandWords('prepareRefund')).toBe('Prepare refund')
    expect(commandWords('createSourceLockSession')).toBe('Create source lock session')
    expect(commandWords('quote')).toBe('Quote')
  })
})

describe('closedCommands', () => {
  it('shows only what the connection speaks of, and never what is not a command', () => {
    const mentioned = [
      { name: 'relayPermit', isOffered: true, why: '' },
      { name: 'health', isOffered: true, why: '' },
    ]
    expect(closedCommands(mentioned).map((command) => command.words)).toEqual(['Relay permit'])
  })

  it('gives the reason of the connection where it has one, else says that this version only reads', () => {
    const [refund, relay] = closedCommands([
      { name: 'relayPermit', isOffered: true, why: '' },
      { name: 'prepareRefund', isOffered: false, why: 'no Midnight route is operational.' },
    ])
    expect(refund?.why).toBe('Closed: no Midnight route is operational.')
    expect(relay?.why).toContain('only reads')
  })
})

describe('rereadClosedBy', () => {
  const presence = (state: Presence['state']) => ({ state }) as Presence

  it('is closed only without a connection that this console runs', () => {
    expect(rereadClosedBy(undefined)).toContain('profile')
    expect(rereadClosedBy({ isHeldHere: false, presence: presence('live') })).toContain('another')
    expect(rereadClosedBy({ isHeldHere: true, presence: presence('stopped') })).toContain('stopped')
    expect(rereadClosedBy({ isHeldHere: true, presence: presence('retrying') })).toBeNull()
  })
})
