import { expect, test } from 'vitest'
import { connectionId } from '../../shared/intent/ids.ts'
import { consoleEvent } from '../../shared/log/consoleEvent.ts'
import type { JournaledEvent } from '../../shared/log/rawEvent.ts'
import { lastPresences } from './lastPresence.ts'

function journalOf(
  changes: { seq: number; connection: string; state: 'live' | 'retrying' }[],
  lastSeq: number,
) {
  const asked: number[] = []
  const events = changes.map(({ seq, connection, state }): JournaledEvent => {
    const about = { connection: connectionId(connection), atMs: seq }
    return { seq, ...consoleEvent(about, 'presenceChanged', { state, reason: 'because', tip: '' }) }
  })
  return {
    asked,
    head: () => Promise.resolve({ lastSeq, version: 0 }),
    journal: ({ after, limit }: { after: number; limit: number }) => {
      asked.push(after)
      return Promise.resolve(events.filter(({ seq }) => seq > after && seq <= after + limit))
    },
  }
}

test('the newest change of each connection counts, and looking ends when all are found', async () => {
  const journal = journalOf(
    [
      { seq: 10, connection: 'a', state: 'live' },
      { seq: 3_200, connection: 'b', state: 'live' },
      { seq: 4_500, connection: 'a', state: 'live' },
      { seq: 4_600, connection: 'a', state: 'retrying' },
    ],
    5_000,
  )
  const found = await lastPresences(journal, ['a', 'b'])
  expect(found.get('a')).toMatchObject({ state: 'retrying', sinceMs: 4_600, reason: 'because' })
  expect(found.get('b')).toMatchObject({ state: 'live', sinceMs: 3_200 })
  expect(journal.asked).toEqual([4_000, 3_000])
})

test('a journal that tells nothing is looked through once', async () => {
  const journal = journalOf([], 1_500)
  expect((await lastPresences(journal, ['a'])).size).toBe(0)
  expect(journal.asked).toEqual([500, 0])
})
