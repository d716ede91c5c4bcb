import type { RawEvent } from '../../shared/log/rawEvent.ts'
import { upstreamOf } from '../upstreams/index.ts'

/** Whether an event may be counted instead of kept: a reading that teaches nothing about any intent. */
export function isLossy(event: RawEvent): boolean {
  if (event.system === 'console' || !event.isSample) return false
  return upstreamOf(event.system)
    .normalise(event)
    .every(({ about }) => about === 'sample' || about === 'link')
}
