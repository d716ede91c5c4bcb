import { RadioGroup } from 'radix-ui'
import './segments.css'

/** One of a few values, side by side; named by its `label`, or by elements that stand beside it. */
export function Segments<T extends string>({
  label,
  labelledBy,
  describedBy,
  options,
  value,
  onChange,
}: {
  label?: string
  labelledBy?: string
  describedBy?: string
  options: readonly { value: T; words: string }[]
  value: T
  onChange: (value: T) => void
}) {
  return (
    <RadioGroup.Root
      className="segments"
      orientation="horizontal"
      aria-label={label}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
      value={value}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next)
        if (chosen !== undefined) onChange(chosen.value)
      }}
    >
      {options.map((option) => (
        <RadioGroup.Item key={option.value} value={option.value} className="segment">
          {option.words}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
