import { useId, type RefObject } from 'react'
import type { CommandField } from '../../../shared/api/action.ts'
import { TextOrFile } from './TextOrFile.tsx'

interface FieldBoxProps {
  field: CommandField
  /** What stands in it; a secret file's content never does. */
  text: string
  problem: string | undefined
  onText: (text: string) => void
  /** Where the chosen file of a secret waits to be read, once, when the command is filled in. */
  secretFile: RefObject<Map<string, File>>
}

/** One field of a command by its kind: a line, an object to type, paste or open, or a file that is never shown. */
export function FieldBox({ field, text, problem, onText, secretFile }: FieldBoxProps) {
  const id = useId()
  const { name, words, kind, hint, isRequired } = field
  const describedBy = `${id}-hint${problem === undefined ? '' : ` ${id}-problem`}`
  const common = {
    id,
    'aria-describedby': describedBy,
    'aria-invalid': problem !== undefined,
    required: isRequired,
  }
  return (
    <div className="field">
      <label htmlFor={id}>
        {words}
        {!isRequired && <span className="muted"> (may stay empty)</span>}
      </label>
      {kind === 'text' && (
        <input
          {...common}
          className="mono"
          value={text}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            onText(event.target.value)
          }}
        />
      )}
      {kind === 'secret-file' && (
        <input
          {...common}
          type="file"
          onChange={({ target }) => {
            const file = target.files?.[0]
            if (file === undefined) secretFile.current.delete(name)
            else secretFile.current.set(name, file)
          }}
        />
      )}
      {kind === 'json' && <TextOrFile {...{ common: { ...common, rows: 2 }, text, onText, words }} />}
      {kind === 'signed-file' && <TextOrFile {...{ common: { ...common, rows: 4 }, text, onText, words }} />}
      <p id={`${id}-hint`} className="muted">
        {hint} {kind === 'secret-file' && 'It is read once, handed over and kept nowhere.'}
      </p>
      {problem !== undefined && (
        <p id={`${id}-problem`} role="alert" className="field-problem">
          {problem}
        </p>
      )}
    </div>
  )
}
