import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import type { CommandField, OfferedCommand } from '../../../shared/api/action.ts'
import type { FailureShape } from '../../../shared/api/failure.ts'
import { inBackground } from '../../host/inBackground.ts'
import { Button } from '../../parts/Button.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { inputOf, type FieldTexts } from './commandInput.ts'
import { FieldBox } from './FieldBox.tsx'

/** The fields of a command and the button that leads on: to the rehearsal, or straight to the answer where it only reads. */
export function CommandForm(props: {
  command: OfferedCommand
  isHidden: boolean
  isUnderWay: boolean
  /** Why what was filled in did not lead on; null when nothing stood against it. */
  failure: FailureShape | null
  onInput: (input: Record<string, unknown>) => Promise<void>
  /** What the command is about, above its fields. */
  children: ReactNode
}) {
  const { command, isHidden, isUnderWay, failure, onInput, children } = props
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
      hidden={isHidden}
      autoComplete="off"
      className="acting-step"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isUnderWay) inBackground('filling in', lead())
      }}
    >
      <div className="dialog-scroll">
        {children}
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
      </div>
      <div className="dialog-foot">
        {failure !== null && <FailureNote failure={failure} />}
        <LeadLine effect={effect} isUnderWay={isUnderWay} />
      </div>
    </form>
  )
}

const LEADS = {
  reads: { words: 'Read now', means: 'It asks and changes nothing.', meanwhile: 'Asking…' },
  changes: {
    words: 'Rehearse',
    means: 'Reads again how it stands and shows the literal request. Nothing is sent yet.',
    meanwhile: 'Reading again and filling in…',
  },
} as const

function LeadLine({ effect, isUnderWay }: Pick<OfferedCommand, 'effect'> & { isUnderWay: boolean }) {
  const { words, means, meanwhile } = LEADS[effect]
  return (
    <p className="acting-line">
      <Button look="main" type="submit" disabled={isUnderWay}>
        {words}
      </Button>
      <span role="status" className="muted">
        {isUnderWay ? meanwhile : means}
      </span>
    </p>
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
