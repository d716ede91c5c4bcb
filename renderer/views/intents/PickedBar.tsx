import { useId, useState, useSyncExternalStore } from 'react'
import { Button } from '../../parts/Button.tsx'
import { GateNote } from '../../parts/GateNote.tsx'
import { useOfferedForOneEach } from '../../replica/actions.ts'
import { BulkDialog, type BulkCommand } from '../acting/BulkDialog.tsx'
import { commandsOfAll } from './commandsOfAll.ts'
import type { Picked } from './picked.ts'

/** What the console does by itself for many. */
const OWN_COMMANDS: readonly BulkCommand[] = [
  { name: 'reread', words: 'Read again', takes: 'nothing' },
  { name: 'watchIntent', words: 'Watch', takes: 'nothing' },
  { name: 'addTag', words: 'Add tag', takes: 'tag' },
  { name: 'addNote', words: 'Add note', takes: 'text' },
  { name: 'silenceAlarm', words: 'Silence', takes: 'silence' },
]

/** How many rows are picked, and what can be done for all of them; nothing while none is. */
export function PickedBar({ picked }: { picked: Picked }) {
  const rows = useSyncExternalStore(picked.subscribe, picked.read)
  const [chosen, setChosen] = useState<BulkCommand | null>(null)
  if (rows.length === 0) return null
  const oneEach = [...Map.groupBy(rows, ({ connection }) => connection).values()].flatMap(
    ([row]) => row?.id ?? [],
  )
  return (
    <section className="picked-bar" aria-label="Picked intents">
      <strong role="status">{rows.length.toLocaleString('en')} selected</strong>
      {OWN_COMMANDS.map((command) => (
        <CommandButton key={command.name} command={command} closedBy={null} onChoose={setChosen} />
      ))}
      <SharedCommands oneEach={oneEach} onChoose={setChosen} />
      <Button
        look="quiet"
        onClick={() => {
          picked.clear()
        }}
      >
        Select none
      </Button>
      {chosen !== null && (
        <BulkDialog
          command={chosen}
          intents={rows.map(({ id }) => id)}
          onClose={() => {
            setChosen(null)
          }}
        />
      )}
    </section>
  )
}

/** Commands that every picked intent has; those that would send something are closed while nothing is sent, and say so. */
function SharedCommands(props: { oneEach: readonly string[]; onChoose: (command: BulkCommand) => void }) {
  const offered = useOfferedForOneEach(props.oneEach) ?? []
  const shared = commandsOfAll(offered.map(({ commands }) => commands))
  const gate = offered[0]?.gate
  const gateId = useId()
  const isShut = gate?.isOpen === false && shared.some(({ effect }) => effect === 'changes')
  return (
    <>
      {shared.map(({ name, words, effect }) => (
        <CommandButton
          key={name}
          command={{ name, words, takes: 'nothing' }}
          closedBy={isShut && effect === 'changes' ? gateId : null}
          onChoose={props.onChoose}
        />
      ))}
      {isShut && <GateNote id={gateId} gate={gate} />}
    </>
  )
}

function CommandButton(props: {
  command: BulkCommand
  /** The id of what says why it is closed; null when it is open. */
  closedBy: string | null
  onChoose: (command: BulkCommand) => void
}) {
  const { command, closedBy, onChoose } = props
  return (
    <Button
      disabled={closedBy !== null}
      aria-describedby={closedBy ?? undefined}
      onClick={() => {
        onChoose(command)
      }}
    >
      {command.words}
    </Button>
  )
}
