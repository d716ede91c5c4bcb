import { useId, useState } from 'react'
import type { FailureShape } from '../../../shared/api/failure.ts'
import { Button } from '../../parts/Button.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { useAddNote, useTag } from '../../replica/telling.ts'
import './telling.css'

/** Longest note and tag that the engine takes, characters. */
const LONGEST_NOTE = 4_000
const LONGEST_TAG = 60

interface RemarkFormProps {
  intent: string
  onClose: () => void
}

/** Writes a note on an intent. */
export function NoteForm({ intent, onClose }: RemarkFormProps) {
  const { give, isUnderWay, failure } = useAddNote(onClose)
  return (
    <RemarkForm
      words="Note"
      hint="It stands on the timeline and in every export, with your name. Secrets do not belong here."
      longest={LONGEST_NOTE}
      {...{ isUnderWay, failure, onClose }}
      onGive={(text) => {
        give({ intent, text })
      }}
    />
  )
}

/** Puts a tag on an intent. */
export function TagForm({ intent, onClose }: RemarkFormProps) {
  const { give, isUnderWay, failure } = useTag(onClose)
  return (
    <RemarkForm
      words="Tag"
      hint="A word to find it by: tag:<word>."
      longest={LONGEST_TAG}
      {...{ isUnderWay, failure, onClose }}
      onGive={(tag) => {
        give({ intent, tag, isSet: true })
      }}
    />
  )
}

function RemarkForm(props: {
  words: string
  hint: string
  longest: number
  isUnderWay: boolean
  failure: FailureShape | null
  onGive: (text: string) => void
  onClose: () => void
}) {
  const { words, hint, longest, isUnderWay, failure, onGive, onClose } = props
  const [text, setText] = useState('')
  const id = useId()
  return (
    <form
      className="remark-form"
      onSubmit={(event) => {
        event.preventDefault()
        onGive(text)
      }}
    >
      <label htmlFor={id}>{words}</label>
      {/* The form was asked for with a press; what comes next is to write. */}
      <input
        id={id}
        autoFocus
        value={text}
        maxLength={longest}
        autoComplete="off"
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          setText(event.target.value)
        }}
      />
      <Button type="submit" disabled={text.trim() === '' || isUnderWay}>
        Add
      </Button>
      <Button look="quiet" onClick={onClose}>
        Cancel
      </Button>
      <p id={`${id}-hint`} className="muted">
        {hint}
      </p>
      {failure !== null && <FailureNote failure={failure} />}
    </form>
  )
}
