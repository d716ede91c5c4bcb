import { useId, useState } from 'react'
import { MOST_WATCHED_AT_ONCE } from '../../../shared/api/watching.ts'
import { Button } from '../../parts/Button.tsx'
import { counted } from '../../parts/counted.ts'
import { FileOfIds } from './FileOfIds.tsx'
import { idsIn } from './idsIn.ts'

/** Ids typed, pasted or read from a file, to be followed. */
export function IdsForm({
  onFollow,
  isUnderWay,
}: {
  onFollow: (ids: string[]) => void
  isUnderWay: boolean
}) {
  const [text, setText] = useState('')
  const [note, setNote] = useState('')
  const hintId = useId()
  const ids = idsIn(text)
  const isTooMany = ids.length > MOST_WATCHED_AT_ONCE

  return (
    <form
      className="watching-form"
      onSubmit={(event) => {
        event.preventDefault()
        onFollow(ids)
        setText('')
        setNote('')
      }}
    >
      <label>
        Ids to watch
        <textarea
          className="mono"
          rows={4}
          value={text}
          aria-describedby={hintId}
          spellCheck={false}
          onChange={(event) => {
            setText(event.target.value)
          }}
        />
      </label>
      <p id={hintId} className="muted">
        One or many, on lines of their own or between commas. They are kept across restarts and read at once.
      </p>
      <p className="watching-line">
        <FileOfIds
          onRead={(found, sentence) => {
            if (found.length > 0) setText(found.join('\n'))
            setNote(sentence)
          }}
        />
        <Button look="main" type="submit" disabled={ids.length === 0 || isTooMany || isUnderWay}>
          {ids.length === 0 ? 'Watch' : `Watch ${counted(ids.length, 'id')}`}
        </Button>
        <span role="status" className="muted">
          {isTooMany ? `At most ${counted(MOST_WATCHED_AT_ONCE, 'id')} at a time.` : note}
        </span>
      </p>
    </form>
  )
}
