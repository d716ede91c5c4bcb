import { shortenId } from '../../shared/intent/shorten.ts'
import { CopyButton } from './CopyButton.tsx'

/** An identifier shortened in the middle, whole on hover. */
export function ShortIdText({ value }: { value: string }) {
  return (
    <span className="mono" title={value}>
      {shortenId(value)}
    </span>
  )
}

/** A shortened identifier with a button that copies the whole. */
export function ShortId({ value, what = 'id' }: { value: string; what?: string }) {
  return (
    <span className="short-id">
      <ShortIdText value={value} />
      <CopyButton text={value} what={`Copy ${what}`} />
    </span>
  )
}

/** An address, as `ShortId` shows it; says that it is not known when it is null. */
export function Address({ value, what = 'address' }: { value: string | null; what?: string }) {
  return value === null ? <span className="muted">not known</span> : <ShortId value={value} what={what} />
}
