import { useState, useSyncExternalStore } from 'react'
import { Button } from '../../parts/Button.tsx'
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
        <CommandButton key={command.name} command={command} onChoose={setChosen} />
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

function SharedCommands(props: { oneEach: readonly string[]; onChoose: (command: BulkCommand) => void }) {
  const offered = useOfferedForOneEach(props.oneEach)
  return commandsOfAll(offered ?? []).map(({ name, words }) => (
    <CommandButton key={name} command={{ name, words, takes: 'nothing' }} onChoose={props.onChoose} />
  ))
}

function CommandButton(props: { command: BulkCommand; onChoose: (command: BulkCommand) => void }) {
  return (
    <Button
      onClick={() => {
        props.onChoose(props.command)
      }}
    >
      {props.command.words}
    </Button>
  )
}
