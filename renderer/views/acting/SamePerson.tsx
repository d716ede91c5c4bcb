import { Mark } from '../../parts/Mark.tsx'

/** Says that whoever approved is an identity of this very computer. */
export function SamePerson({ name }: { name: string }) {
  return (
    <p className="acting-outcome" data-tone="waiting">
      <Mark tone="waiting">
        <strong>No second person.</strong>
      </Mark>{' '}
      “{name}” is an identity of this computer: the same person confirms a second time, no more.
    </p>
  )
}
