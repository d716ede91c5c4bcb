import { useId, useRef, useState } from 'react'
import type { Gate, OfferedCommand } from '../../../shared/api/action.ts'
import { Button } from '../../parts/Button.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { GateNote } from '../../parts/GateNote.tsx'
import { useOffered, type ActSubject } from '../../replica/actions.ts'
import { ActDialog } from './ActDialog.tsx'
import { ClosedCommands } from './ClosedCommands.tsx'

/** How open commands are grouped, in order. */
const READINESS = ['Ready', 'After a look at what could not be checked', 'Only asks'] as const

function readinessOf({ effect, preconditions }: OfferedCommand): (typeof READINESS)[number] {
  if (effect === 'reads') return 'Only asks'
  return preconditions.every(({ state }) => state === 'met') ? READINESS[0] : READINESS[1]
}

/** Whether nothing stands against it but that nothing at all is sent. */
function isShutOnly({ isOpen, preconditions }: OfferedCommand): boolean {
  return !isOpen && preconditions.every(({ state }) => state !== 'unmet')
}

/** Every command that a subject offers: open ones to be pressed, closed ones with the condition that is not met. */
export function OfferedCommands({ subject }: { subject: ActSubject }) {
  const { value, failure } = useOffered(subject)
  const [chosen, setChosen] = useState<OfferedCommand | null>(null)
  const commands = value?.commands ?? []
  // What the dialog shows ticks on; a command that is offered no more stays as it was.
  const shown = chosen && (commands.find(({ name }) => name === chosen.name) ?? chosen)
  const gateId = useId()
  const isShut = value?.gate.isOpen === false && commands.some(({ effect }) => effect === 'changes')
  const box = useRef<HTMLDivElement>(null)
  return (
    <div ref={box} role="group" aria-label="Commands" tabIndex={-1}>
      {failure !== null && <FailureNote failure={failure} />}
      {isShut && <ShutCommands gateId={gateId} gate={value.gate} commands={commands.filter(isShutOnly)} />}
      <OpenCommands commands={commands.filter(({ isOpen }) => isOpen)} onChoose={setChosen} />
      <ClosedCommands
        commands={commands.filter((command) => !command.isOpen && !(isShut && isShutOnly(command)))}
        gateId={isShut ? gateId : null}
      />
      {shown !== null && (
        <ActDialog
          command={shown}
          subject={subject}
          among={box}
          onClose={() => {
            setChosen(null)
          }}
        />
      )}
    </div>
  )
}

/** Why nothing is sent, and the commands that would be open else. */
function ShutCommands(props: { gateId: string; gate: Gate; commands: readonly OfferedCommand[] }) {
  const { gateId, gate, commands } = props
  return (
    <>
      <GateNote id={gateId} gate={gate} />
      {commands.length > 0 && (
        <div className="act-group">
          <div className="act-buttons">
            {commands.map(({ name, words }) => (
              <Button key={name} disabled aria-describedby={gateId}>
                {words}
              </Button>
            ))}
          </div>
        </div>
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
