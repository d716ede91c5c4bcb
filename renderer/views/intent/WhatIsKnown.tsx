import type { IntentDetail } from '../../../shared/api/row.ts'
import type { Vocabulary } from '../../../shared/intent/vocabulary.ts'
import { Facts } from './Facts.tsx'
import { Panels } from './panels/Panels.tsx'

/** The last part: everything else that is known, by system and by name. */
export function WhatIsKnown({ intent, vocabulary }: { intent: IntentDetail; vocabulary: Vocabulary }) {
  return (
    <>
      <h3 className="visually-hidden">What is known</h3>
      <Panels panels={intent.panels} />
      <Facts intent={intent} vocabulary={vocabulary} />
    </>
  )
}
