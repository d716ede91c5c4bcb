import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { OfferedCommand } from '../../../shared/api/action.ts'
import { Countdown } from '../../parts/Ago.tsx'
import { Button } from '../../parts/Button.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { useOffered, type ActSubject } from '../../replica/actions.ts'
import { ActDialog } from './ActDialog.tsx'

/** How open commands are grouped, in order. */
const READINESS = ['Ready', 'After a look at what could not be checked', 'Only asks'] as const

function readinessOf({ effect, preconditions }: OfferedCommand): (typeof READINESS)[number] {
  if (effect === 'reads') return 'Only asks'
  return preconditions.every(({ state }) => state === 'met') ? READINESS[0] : READINESS[1]
}

/** Every command that a subject offers: open ones to be pressed, closed ones with the condition that is not met. */
export function OfferedCommands({ subject }: { subject: ActSubject }) {
  const { value, failure } = useOffered(subject)
  const [chosen, setChosen] = useState<OfferedCommand | null>(null)
  const commands = value?.commands ?? []
  // What the dialog shows ticks on; a command that is offered no more stays as it was.
  const shown = chosen && (commands.find(({ name }) => name === chosen.name) ?? chosen)
  const open = commands.filter(({ isOpen }) => isOpen)
  const closed = commands.filter(({ isOpen }) => !isOpen)
  return (
    <>
      {failure !== null && <FailureNote failure={failure} />}
      <OpenCommands commands={open} onChoose={setChosen} />
      <ClosedCommands commands={closed} />
      {shown !== null && (
        <ActDialog
          command={shown}
          subject={subject}
          onClose={() => {
            setChosen(null)
          }}
        />
      )}
    </>
  )
}

/** Open commands in the order of what they take: nothing more, a look at what could not be checked, or nothing since they only ask. */
function OpenCommands(props: {
  commands: readonly OfferedCommand[]
  onChoose: (command: OfferedCommand) => void
}) {
  const groups = Map.groupBy(props.commands, readinessOf)
  return READINESS.map((readiness) => {
    const commands = groups.get(readiness)
    return (
      commands !== undefined && (
        <div key={readiness} className="act-group">
          <p className="act-why">{readiness}</p>
          <div className="act-buttons">
            {commands.map((command) => (
              <Button
                key={command.name}
                onClick={() => {
                  props.onChoose(command)
                }}
              >
                {command.words}
              </Button>
            ))}
          </div>
        </div>
      )
    )
  })
}

/** Commands that cannot be given now, those with the same unmet condition together. */
function ClosedCommands({ commands }: { commands: readonly OfferedCommand[] }) {
  const idStem = useId()
  const groups = [...Map.groupBy(commands, ({ why, opensAtMs, pending }) => `${why} ${opensAtMs} ${pending}`)]
  return groups.map(([shared, sharing], at) => (
    <div key={shared} className="act-group">
      <div className="act-buttons">
        {sharing.map(({ name, words }) => (
          <Button key={name} disabled aria-describedby={`${idStem}-${at}`}>
            {words}
          </Button>
        ))}
      </div>
      <p id={`${idStem}-${at}`} className="act-why">
        <Why {...sharing[0]} />
      </p>
    </div>
  ))
}

function Why({ why, opensAtMs, pending }: Partial<OfferedCommand>) {
  return (
    <>
      Closed: {why}
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
