import type { Settings } from '../../../shared/api/settings.ts'
import { Choice } from './Choice.tsx'

const NEVER = 'never'

const AGES = [
  { value: NEVER, words: 'Keep for ever' },
  { value: '30', words: '30 days' },
  { value: '90', words: '90 days' },
  { value: '365', words: 'A year' },
] as const

const SIZES = [
  { value: NEVER, words: 'No limit' },
  { value: '1024', words: '1 GiB' },
  { value: '10240', words: '10 GiB' },
  { value: '51200', words: '50 GiB' },
] as const

/** How long what is over is kept. */
export function Keeping({
  settings,
  change,
}: {
  settings: Settings
  change: (changes: Partial<Settings>) => void
}) {
  return (
    <>
      <Choice<string>
        title="Keep what is over"
        about="Intents that have ended are removed this long after they were last heard of, with all their events. What is open, at risk, contradicted or followed is never removed."
        options={withChosen(AGES, settings.keepClosedDays, 'days')}
        value={textOf(settings.keepClosedDays)}
        onChange={(value) => {
          change({ keepClosedDays: numberOf(value) })
        }}
      />
      <Choice<string>
        title="Room on the disk"
        about="Above this the oldest intents that have ended are removed, however young they are."
        options={withChosen(SIZES, settings.keepMegabytes, 'MiB')}
        value={textOf(settings.keepMegabytes)}
        onChange={(value) => {
          change({ keepMegabytes: numberOf(value) })
        }}
      />
    </>
  )
}

interface Option {
  value: string
  words: string
}

/** What was chosen elsewhere, on the command line, is among what can be chosen here. */
function withChosen(options: readonly Option[], chosen: number | null, unit: string): readonly Option[] {
  const value = textOf(chosen)
  if (options.some((option) => option.value === value)) return options
  return [...options, { value, words: `${value} ${unit}` }]
}

function textOf(value: number | null): string {
  return value === null ? NEVER : String(value)
}

function numberOf(value: string): number | null {
  return value === NEVER ? null : Number(value)
}
