import { useState } from 'react'
import { Button } from '../../parts/Button.tsx'
import { useClock } from '../../parts/clock.ts'
import { TypedBox } from '../../parts/TypedBox.tsx'
import { SilenceLengths } from '../telling/SilenceForm.tsx'
import { untilMsOf, type SilenceLength } from '../telling/silences.ts'
import type { BulkCommand } from './BulkDialog.tsx'

const WORDS = { text: 'Note', tag: 'Tag' } as const

/** What a command of the console's own takes before it is done for many. */
export function BulkInput({
  takes,
  isUnderWay,
  onInput,
}: {
  takes: Exclude<BulkCommand['takes'], 'nothing'>
  isUnderWay: boolean
  onInput: (input: Record<string, unknown>) => void
}) {
  const clock = useClock()
  const [text, setText] = useState('')
  const [length, setLength] = useState<SilenceLength>('change')
  const isFilled = takes === 'silence' || text.trim() !== ''
  return (
    <form
      className="acting-form"
      onSubmit={(event) => {
        event.preventDefault()
        onInput(takes === 'silence' ? { untilMs: untilMsOf(length, clock.read()) } : { [takes]: text.trim() })
      }}
    >
      {takes === 'silence' ? (
        <SilenceLengths length={length} onLength={setLength} />
      ) : (
        <TypedBox words={WORDS[takes]} text={text} onText={setText} />
      )}
      <Button type="submit" look="main" disabled={!isFilled || isUnderWay}>
        See for which it can be done
      </Button>
    </form>
  )
}
