import { describe, expect, it } from 'vitest'
import { HASH, ID } from '../../../../test/fusionFacts.ts'
import {
  about,
  ARBITRUM,
  awaitingLock,
  given,
  inShort,
  MIDNIGHT,
  NOW_MS,
  problems,
  standing,
} from '../../../../test/fusionCommand.ts'
import type { Command } from '../../command.ts'
import { createSourceLockSession } from './createSourceLockSession.ts'
import { reportDeploySubmitted } from './reportDeploySubmitted.ts'
import { reportLockSubmitted } from './reportLockSubmitted.ts'

const SESSIONS = 'http://127.0.0.1:3001/api/midnight/source-lock/sessions'
const CONTRACT = '11'.repeat(32)
const intent = awaitingLock(MIDNIGHT)

describe('a session for the source lock', () => {
  it('can be opened until the intent’s deadline, to the second', async () => {
    const closesAtMs = NOW_MS + 60_000
    expect(await standing(createSourceLockSession, about(intent, closesAtMs - 1_000))).toEqual({})
    expect(await standing(createSourceLockSession, about(intent, closesAtMs))).toEqual({
      'intent deadline ahead':
        'unmet: It passed 2026-11-21 15:01:00 UTC; the backend takes nothing new for it after that.',
    })
  })

  it.each([
    ['proofs_verified', 'source lock awaited', /^unmet: .*comes after the match/],
    ['matched', 'source lock awaited', /^unknown: .*has not asked/],
    ['completed', 'source lock awaited', /^unmet: .*no source lock is awaited/],
    ['warp_speed', 'source lock awaited', /^unknown: .*“warp_speed”/],
  ])('stands by the status %s', async (status, name, words) => {
    const found = await standing(createSourceLockSession, about(awaitingLock(MIDNIGHT, { status })))
    expect(found[name]).toMatch(words)
  })

  it('is not opened twice for one lock, nor known to work elsewhere', async () => {
    const locked = awaitingLock(MIDNIGHT, { fundsLockedAtMs: NOW_MS })
    expect(Object.keys(await standing(createSourceLockSession, about(locked)))).toEqual([
      'no source lock yet',
    ])
    const elsewhere = await standing(createSourceLockSession, about(awaitingLock(ARBITRUM)))
    expect(elsewhere['source on Midnight']).toMatch(/^unknown: /)
  })

  it('asks for exactly these bytes, and keeps the id of the session', () => {
    const filledIn = given(createSourceLockSession, {}, intent)
    expect(inShort(createSourceLockSession.request(filledIn))).toEqual([
      'POST',
      SESSIONS,
      `{"intentId":"${ID}"}`,
    ])
    const answer = { httpStatus: 201, text: '{"sessionId":12}', atMs: NOW_MS }
    expect(createSourceLockSession.judge(answer, filledIn).facts).toEqual({ sessionId: '12' })
  })
})

describe('reports to the session', () => {
  const reports = [reportDeploySubmitted, reportLockSubmitted] as unknown as Command[]

  it.each(reports)('$name is open while the lock is awaited, and closed from then on', async (report) => {
    expect(await standing(report, about(intent))).toEqual({})
    const transactions = [{ label: 'sourceLock', chainId: MIDNIGHT, hash: HASH }]
    expect(await standing(report, about(awaitingLock(MIDNIGHT, { transactions })))).toEqual({
      'no source lock yet': 'unmet: The source is locked already.',
    })
  })

  it('ask for exactly these bytes, whatever order they were given in', () => {
    const deploy = { txHash: HASH, contractAddress: CONTRACT, sessionId: 's:1' }
    expect(inShort(reportDeploySubmitted.request(given(reportDeploySubmitted, deploy, intent)))).toEqual([
      'POST',
      `${SESSIONS}/s%3A1/deploy-submitted`,
      `{"intentId":"${ID}","sessionId":"s:1","txHash":"${HASH}","contractAddress":"${CONTRACT}"}`,
    ])
    const lock = { txHash: HASH, sessionId: 's:1' }
    expect(inShort(reportLockSubmitted.request(given(reportLockSubmitted, lock, intent)))).toEqual([
      'POST',
      `${SESSIONS}/s%3A1/lock-submitted`,
      `{"intentId":"${ID}","sessionId":"s:1","txHash":"${HASH}"}`,
    ])
  })

  it('answer bad input in words', () => {
    expect(
      problems(reportDeploySubmitted, { sessionId: '..', txHash: HASH, contractAddress: 'mn_1' }),
    ).toEqual([
      'sessionId: has to be the id of a session: letters, digits, dots, colons, dashes and underscores',
      'contractAddress: has to be a Midnight contract address: 64 to 72 hex digits, with or without 0x',
    ])
    expect(problems(reportLockSubmitted, { sessionId: 's', txHash: HASH, note: 'x' })).toEqual([
      ': Unrecognized key: "note"',
    ])
  })

  it('are told by the transaction on the intent, whose absence proves nothing', () => {
    const marks = { txHash: HASH }
    const transactions = [{ label: 'sourceLock', chainId: MIDNIGHT, hash: HASH }]
    for (const { trace } of reports) {
      expect(trace?.seen(intent, marks)).toBe('absent')
      expect(trace?.seen(awaitingLock(MIDNIGHT, { transactions }), marks)).toBe('applied')
      expect(trace?.isAbsenceProof).toBe(false)
    }
  })
})
