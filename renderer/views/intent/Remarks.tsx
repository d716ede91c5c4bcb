import { useRef, useState } from 'react'
import type { IntentDetail } from '../../../shared/api/row.ts'
import { UNTIL_CHANGE_MS } from '../../../shared/intent/remarks.ts'
import { Countdown } from '../../parts/Ago.tsx'
import { Button } from '../../parts/Button.tsx'
import { Instant } from '../../parts/Instant.tsx'
import { useTick } from '../../parts/clock.ts'
import { NoteForm, TagForm } from '../telling/RemarkForms.tsx'
import { SilenceForm } from '../telling/SilenceForm.tsx'
import { Tags } from './Tags.tsx'

/** Which form is open. */
type Form = 'note' | 'tag' | 'silence'

const FORMS: readonly (readonly [form: Form, words: string])[] = [
  ['note', 'Add a note'],
  ['tag', 'Add a tag'],
  ['silence', 'Silence'],
]

/** What people put beside the intent: tags, a silence, notes, and the ways to add them. */
export function Remarks({ intent }: { intent: IntentDetail }) {
  const [form, setForm] = useState<Form | null>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const close = () => {
    setForm(null)
    opener.current?.focus()
  }
  return (
    <section aria-label="Notes and tags" className="remarks">
      <div className="act-buttons">
        <Tags intent={intent} />
        {FORMS.map(([name, words]) => (
          <Button
            key={name}
            look="quiet"
            aria-expanded={form === name}
            onClick={({ currentTarget }) => {
              opener.current = currentTarget
              setForm(form === name ? null : name)
            }}
          >
            {words}
          </Button>
        ))}
      </div>
      {form === 'note' && <NoteForm intent={intent.id} onClose={close} />}
      {form === 'tag' && <TagForm intent={intent.id} onClose={close} />}
      {form === 'silence' && <SilenceForm intent={intent.id} onClose={close} />}
      <Silenced intent={intent} />
      <Notes notes={intent.notes} />
    </section>
  )
}

function Silenced({ intent: { silence, row } }: { intent: IntentDetail }) {
  const nowMs = useTick()
  const { silencedUntilMs } = row
  if (silence === null || silencedUntilMs === null || silencedUntilMs <= nowMs) return null
  return (
    <p className="act-why">
      Kept out of Attention by {silence.who}
      {silencedUntilMs === UNTIL_CHANGE_MS ? (
        ' until its status changes'
      ) : (
        <>
          , ends <Countdown atMs={silencedUntilMs} />
        </>
      )}
      : {silence.reason}
    </p>
  )
}

function Notes({ notes }: { notes: IntentDetail['notes'] }) {
  if (notes.length === 0) return null
  return (
    <ul aria-label="Notes" className="notes">
      {notes.map(({ text, who, atMs }) => (
        <li key={`${atMs} ${text}`}>
          {text}{' '}
          <span className="muted">
            {who}, <Instant atMs={atMs} isShort />
          </span>
        </li>
      ))}
    </ul>
  )
}
