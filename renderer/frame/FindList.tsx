import { PhaseMark } from '../parts/PhaseMark.tsx'
import { ShortIdText } from '../parts/ShortId.tsx'
import type { FindOption } from './useFind.ts'
import type { FindBoxState } from './useFindBox.ts'

/** What stands under the Find box: what is wrong, what was found, what may follow. */
export function FindList({ id, box }: { id: string; box: FindBoxState }) {
  const { isListShown, text, options, note, problem, chosen, take } = box
  return (
    <div
      className="find-list"
      hidden={!isListShown}
      onMouseDown={(event) => {
        // A press must not take the focus from the box, else the list is gone before the press ends.
        event.preventDefault()
      }}
    >
      <div role="status">
        {problem !== null && <Problem text={text} problem={problem} />}
        {note !== null && <p className="find-note muted">{note}</p>}
      </div>
      <div role="listbox" id={id} aria-label="Found">
        {options.map((option, at) => (
          <div
            key={option.is === 'intent' ? option.intent.id : option.text}
            id={`${id}-${String(at)}`}
            role="option"
            className="find-option"
            aria-selected={at === chosen}
            onClick={() => {
              take(option)
            }}
          >
            <Option option={option} />
          </div>
        ))}
      </div>
    </div>
  )
}

function Option({ option }: { option: FindOption }) {
  if (option.is === 'completion') return <code>{option.label}</code>
  const { intent } = option
  return (
    <>
      <ShortIdText value={intent.aliases[0]?.value ?? intent.id} />
      <PhaseMark phase={intent.phase} />
      <span className="muted">{intent.status}</span>
      <span className="muted">{intent.connection}</span>
    </>
  )
}

function Problem({ text, problem }: { text: string; problem: { at: number; message: string } }) {
  return (
    <div className="find-note">
      <p>{problem.message}</p>
      <p className="find-place" aria-hidden="true">
        {text}
        {'\n'}
        {' '.repeat(problem.at)}▲
      </p>
    </div>
  )
}
