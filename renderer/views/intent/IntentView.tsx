import { useState, type KeyboardEvent } from 'react'
import { Empty } from '../../parts/Empty.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { keyEntries } from '../../parts/timelineLayout.ts'
import { Timeline } from '../../parts/Timeline.tsx'
import { useIntent } from '../../replica/intent.ts'
import { useVocabulary } from '../../replica/status.ts'
import type { IntentDetail } from '../../../shared/api/row.ts'
import type { Vocabulary } from '../../../shared/intent/vocabulary.ts'
import { ActAndTell } from './ActAndTell.tsx'
import { EntryInspector } from './EntryInspector.tsx'
import { IntentMissing } from './IntentMissing.tsx'
import { WhatIsGoingOn } from './WhatIsGoingOn.tsx'
import { WhatIsKnown } from './WhatIsKnown.tsx'
import './intent.css'

/** Words for a system whose own have not arrived yet: nothing is known, so nothing is explained. */
const NO_WORDS: Vocabulary = { words: [], stages: [], chains: {} }

/** One intent: what is going on, what can be done, its timeline, all that is known. `id` is any of its names; Esc closes. */
export function IntentView({ id, onClose }: { id: string; onClose: () => void }) {
  const { value: intent, failure } = useIntent(id)
  return (
    // Another intent starts anew: nothing stays selected, nothing stays open.
    <section
      aria-label="Intent"
      className="intent"
      key={id}
      onKeyDown={(event) => {
        closeOnEscape(event, onClose)
      }}
    >
      {intent !== null && <KnownIntent askedId={id} intent={intent} onClose={onClose} />}
      {intent !== null && failure !== null && <FailureNote failure={failure} />}
      {intent === null && failure !== null && <IntentMissing id={id} failure={failure} onClose={onClose} />}
      {intent === null && failure === null && <Empty title="Reading the intent…" />}
    </section>
  )
}

function KnownIntent({
  askedId,
  intent,
  onClose,
}: {
  askedId: string
  intent: IntentDetail
  onClose: () => void
}) {
  const [selected, setSelected] = useState<string | null>(null)
  const vocabulary = useVocabulary(intent.system) ?? NO_WORDS
  const keyed = keyEntries(intent.timeline)
  const inspected = keyed.find(({ key, entry }) => selected === (entry.kind === 'gap' ? `gap ${key}` : key))

  function closeInspector(event: KeyboardEvent) {
    if (event.key !== 'Escape' || inspected === undefined) return
    event.stopPropagation()
    event.preventDefault()
    setSelected(null)
  }

  return (
    <div
      className={`intent-panes ${inspected === undefined ? '' : 'has-inspector'}`}
      onKeyDown={closeInspector}
    >
      <div className="intent-scroll">
        <div className="intent-now">
          <WhatIsGoingOn askedId={askedId} intent={intent} vocabulary={vocabulary} onClose={onClose} />
        </div>
        <div className="intent-act">
          <ActAndTell intent={intent} vocabulary={vocabulary} />
        </div>
        <div className="intent-history">
          <h3 className="visually-hidden">Timeline</h3>
          <Timeline
            entries={intent.timeline}
            intent={intent}
            vocabulary={vocabulary}
            selected={selected}
            onSelect={({ key }) => {
              setSelected(key)
            }}
          />
        </div>
        <div className="intent-known">
          <WhatIsKnown intent={intent} vocabulary={vocabulary} />
        </div>
      </div>
      {inspected !== undefined && (
        <EntryInspector
          entry={inspected.entry}
          vocabulary={vocabulary}
          onClose={() => {
            setSelected(null)
          }}
        />
      )}
    </div>
  )
}

function closeOnEscape(event: KeyboardEvent, onClose: () => void) {
  if (event.key !== 'Escape' || event.defaultPrevented) return
  event.stopPropagation()
  onClose()
}
