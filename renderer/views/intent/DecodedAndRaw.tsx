import { useState } from 'react'
import type { RawView } from '../../../shared/api/answers.ts'
import { Button } from '../../parts/Button.tsx'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { useRawEvent } from '../../replica/rawEvent.ts'
import { prettyJson } from '../../parts/prettyJson.ts'

/** Characters of a payload drawn at first: a few screens; longer ones are drawn whole on request. */
const DRAWN_AT_FIRST = 20_000

/** What the console read in an event beside the event as it came. */
export function DecodedAndRaw({ seq }: { seq: number }) {
  const { value, failure } = useRawEvent(seq)
  if (failure !== null) return <FailureNote failure={failure} />
  if (value === null) return <p className="muted">Reading the event…</p>
  return (
    <div className="two-forms">
      <section aria-label="Decoded">
        <h3>Decoded</h3>
        <Text text={JSON.stringify(value.facts, null, 2)} what="the decoded form" />
      </section>
      <Raw event={value.event} />
    </div>
  )
}

function Raw({ event }: { event: RawView['event'] }) {
  const [isVerbatim, setVerbatim] = useState(false)
  const laid = prettyJson(event.payload)
  return (
    <section aria-label="Raw">
      <h3>
        Raw <code>{event.kind}</code> <CopyButton text={event.payload} what="Copy the payload as it came" />
        {laid !== null && (
          <Button
            look="quiet"
            aria-pressed={isVerbatim}
            onClick={() => {
              setVerbatim(!isVerbatim)
            }}
          >
            As it came
          </Button>
        )}
      </h3>
      {event.damage !== undefined && (
        <p className="facts-failure">
          Not readable at <code>{event.damage.path}</code>: {event.damage.reason}
        </p>
      )}
      <Text text={isVerbatim || laid === null ? event.payload : laid} what="the payload" />
    </section>
  )
}

function Text({ text, what }: { text: string; what: string }) {
  const [isWhole, setWhole] = useState(false)
  const isCut = !isWhole && text.length > DRAWN_AT_FIRST
  return (
    <>
      <pre tabIndex={0} aria-label={what}>
        {isCut ? text.slice(0, DRAWN_AT_FIRST) : text}
      </pre>
      {isCut && (
        <Button
          onClick={() => {
            setWhole(true)
          }}
        >
          Show all {text.length} characters of {what}
        </Button>
      )}
    </>
  )
}
