import type { PanelValue } from '../../../../shared/intent/panel.ts'
import { Ago, Countdown } from '../../../parts/Ago.tsx'
import { Amount } from '../../../parts/Amount.tsx'
import { useTick } from '../../../parts/clock.ts'
import { Instant } from '../../../parts/Instant.tsx'
import { Mark } from '../../../parts/Mark.tsx'
import { ShortId } from '../../../parts/ShortId.tsx'
import { stateTone } from '../../../parts/tone.ts'

/** A value of a panel, as all of its kind are shown. */
export function Value({ value }: { value: PanelValue }) {
  switch (value.is) {
    case 'text':
      return value.text
    case 'amount':
      return <Amount amount={value.amount} />
    case 'instant':
      return <InstantWithAge atMs={value.atMs} />
    case 'id':
      return <ShortId value={value.value} what={value.what} />
    case 'state':
      return <Mark tone={stateTone(value.tone)}>{value.text}</Mark>
  }
}

function InstantWithAge({ atMs }: { atMs: number }) {
  const isToCome = useTick() < atMs
  return (
    <span className="panel-instant">
      <Instant atMs={atMs} isShort />{' '}
      <span className="muted">({isToCome ? <Countdown atMs={atMs} /> : <Ago atMs={atMs} />})</span>
    </span>
  )
}
