import { X } from 'lucide-react'
import type { IntentDetail } from '../../../shared/api/row.ts'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { useTag } from '../../replica/telling.ts'

/** The tags of an intent, each with a button that takes it away. */
export function Tags({ intent: { id, row } }: { intent: IntentDetail }) {
  const { give, isUnderWay, failure } = useTag(() => undefined)
  if (row.tags.length === 0) return null
  return (
    <>
      <ul role="list" aria-label="Tags" className="tags">
        {row.tags.map((tag) => (
          <li key={tag} className="tag">
            {tag}
            <button
              type="button"
              className="copy-button"
              aria-label={`Remove the tag ${tag}`}
              disabled={isUnderWay}
              onClick={() => {
                give({ intent: id, tag, isSet: false })
              }}
            >
              <X size={12} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      {failure !== null && <FailureNote failure={failure} />}
    </>
  )
}
