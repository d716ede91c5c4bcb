import { connectionId } from '../../../shared/intent/ids.ts'
import { scratchStore } from './scratch.ts'
import { tinyEvent } from './tinySystem.ts'

/** When the four intents are asked about, epoch milliseconds: after the last word on each, before the end of its time. */
export const NOW = 200_000

/** Four intents that differ in everything that can be asked for. */
export function fourIntents(): ReturnType<typeof scratchStore> {
  const scratch = scratchStore()
  scratch.store.append([
    tinyEvent(
      { ids: ['0xaaaa0001'], status: 'waiting', atMs: 100_000, maker: '0xM1', deadlineMs: 500_000 },
      100_001,
    ),
    tinyEvent(
      { ids: ['0xaaaa0002'], status: 'moving', atMs: 190_000, maker: '0xm2', deadlineMs: 300_000 },
      190_001,
    ),
    tinyEvent(
      { ids: ['0xbbbb0003'], status: 'done', atMs: 150_000, note: 'Reverted: LOW "gas" 100%' },
      150_001,
    ),
    tinyEvent({ ids: ['ccdd-0004'], status: 'Odd', atMs: 195_000 }, 195_001, {
      connection: connectionId('second'),
    }),
  ])
  return scratch
}
