import { useEffect, useRef, useState, type RefObject } from 'react'
import type { CommandField, OfferedCommand } from '../../../shared/api/action.ts'
import { inBackground } from '../../host/inBackground.ts'
import { Button } from '../../parts/Button.tsx'
import { inputOf, type FieldTexts } from './commandInput.ts'
import { FieldBox } from './FieldBox.tsx'

/** The fields of a command and the button that leads on: to the rehearsal, or straight to the answer where it only reads. */
export function CommandForm({
  command,
  isUnderWay,
  onInput,
}: {
  command: OfferedCommand
  isUnderWay: boolean
  onInput: (input: Record<string, unknown>) => Promise<void>
}) {
  const { fields, effect } = command
  const [texts, setTexts] = useState<FieldTexts>({})
  const [problems, setProblems] = useState<Record<string, string>>({})
  const secretFile = useRef(new Map<string, File>())
  const form = useLeadTo(problems)
  // What becomes known while the form is open stands in it at once, unless somebody has written there.
  const filledIn = { ...knownOf(fields), ...texts }

  async function lead() {
    // Secrets live in this call only: they pass from their file to the engine and stand in no state.
    const secrets = await textsOf(secretFile.current)
    const filled = inputOf(fields, { ...filledIn, ...secrets })
    setProblems('problems' in filled ? filled.problems : {})
    if ('input' in filled) await onInput(filled.input)
  }

  return (
    <form
      ref={form}
      autoComplete="off"
      className="acting-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isUnderWay) inBackground('filling in', lead())
      }}
    >
      {fields.map((field) => (
        <FieldBox
          key={field.name}
          field={field}
          text={filledIn[field.name] ?? ''}
          problem={problems[field.name]}
          onText={(text) => {
            setTexts({ ...texts, [field.name]: text })
          }}
          secretFile={secretFile}
        />
      ))}
      <p className="acting-line">
        <Button look="main" type="submit" disabled={isUnderWay}>
          {effect === 'reads' ? 'Read now' : 'Rehearse'}
        </Button>
        <span className="muted">
          {effect === 'reads'
            ? 'It asks and changes nothing.'
            : 'Reads again how it stands and shows the literal request. Nothing is sent yet.'}
        </span>
        <span role="status" className="muted">
          {isUnderWay && (effect === 'reads' ? 'Asking…' : 'Reading again and filling in…')}
        </span>
      </p>
    </form>
  )
}

/** Leads to the first field with a problem: a long form is sent off from its end, and what is missing may be out of sight above. */
function useLeadTo(problems: Readonly<Record<string, string>>): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [problems])
  return form
}

function knownOf(fields: readonly CommandField[]): FieldTexts {
  return Object.fromEntries(fields.map(({ name, prefill }) => [name, prefill ?? '']))
}

async function textsOf(files: ReadonlyMap<string, File>): Promise<FieldTexts> {
  const texts = await Promise.all([...files].map(async ([name, file]) => [name, await file.text()] as const))
  return Object.fromEntries(texts)
}
