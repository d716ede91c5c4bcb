import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import type { OfferedCommand } from '../../../shared/api/action.ts'
import { Countdown } from '../../parts/Ago.tsx'
import { Button } from '../../parts/Button.tsx'
import { Told } from '../../parts/Told.tsx'

/**
 * Commands that cannot be given now, those with the same unmet condition together. `gateId` names what says that nothing at all
 * is sent, and describes those that would send; null while that is not so.
 */
export function ClosedCommands(props: { commands: readonly OfferedCommand[]; gateId: string | null }) {
  const { commands, gateId } = props
  const idStem = useId()
  const groups = [...Map.groupBy(commands, ({ why, opensAtMs, pending }) => `${why} ${opensAtMs} ${pending}`)]
  return groups.map(([shared, sharing], at) => {
    const whyId = `${idStem}-${at}`
    return (
      <div key={shared} className="act-group">
        <div className="act-buttons">
          {sharing.map(({ name, words, effect }) => (
            <Button
              key={name}
              disabled
              aria-describedby={gateId === null || effect === 'reads' ? whyId : `${whyId} ${gateId}`}
            >
              {words}
            </Button>
          ))}
        </div>
        <p id={whyId} className="act-why">
          <Why {...sharing[0]} />
        </p>
      </div>
    )
  })
}

function Why({ why = '', opensAtMs, pending }: Partial<OfferedCommand>) {
  return (
    <>
      Closed: <Told text={why} />
      {typeof opensAtMs === 'number' && (
        <>
          {' '}
          Opens <Countdown atMs={opensAtMs} />.
        </>
      )}
      {typeof pending === 'string' && (
        <>
          {' '}
          <Link to="/actions" search={{ action: pending }}>
            Show the one that is not settled
          </Link>
        </>
      )}
    </>
  )
}
