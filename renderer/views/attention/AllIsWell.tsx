import { Since } from '../../parts/Ago.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { useStatus } from '../../replica/status.ts'
import { formatDuration } from '../../../shared/intent/time.ts'

/** Says that nothing needs a person, and on what ground. */
export function AllIsWell() {
  const status = useStatus()
  if (status === null) return null
  const { counts, longestNormalWait } = status
  return (
    <Empty title="Nothing needs you.">
      <p>
        {counts.open.toLocaleString('en')} open {counts.open === 1 ? 'intent is' : 'intents are'} waiting
        normally
        {longestNormalWait !== null && (
          <>
            ; the longest for <Since sinceMs={longestNormalWait.sinceMs} /> (normal for its status: up to{' '}
            {formatDuration(longestNormalWait.normalWaitMs)})
          </>
        )}
        .
      </p>
    </Empty>
  )
}
