import { shortenId } from '../../shared/intent/shorten.ts'
import { useCopy } from './useCopy.ts'

/** A shortened identifier that is itself the button that copies the whole: for grids, where every icon counts. */
export function CopyableId({ value }: { value: string }) {
  const { outcome, copy } = useCopy(value)
  const words = { copied: 'copied', refused: 'not allowed' }
  return (
    <button
      type="button"
      tabIndex={-1}
      className="copyable-id mono"
      title={`${value} (press to copy)`}
      onClick={copy}
    >
      {outcome === null ? shortenId(value) : words[outcome]}
    </button>
  )
}
