import type { Course } from '../../shared/intent/course.ts'
import type { Fact } from '../../shared/intent/fact.ts'
import type { Intent } from '../../shared/intent/intent.ts'
import type { Panel } from '../../shared/intent/panel.ts'
import type { Vocabulary } from '../../shared/intent/vocabulary.ts'
import type { RawEvent } from '../../shared/log/rawEvent.ts'
import type { Upstream } from './upstream.ts'

/** The pure half of all adapters together: what whoever reads the journal needs to understand it. */
export interface Meaning {
  normalise: (event: RawEvent) => Fact[]
  vocabularyOf: (system: string) => Vocabulary | null
  panelsOf: (intent: Intent) => Panel[]
  courseOf: (intent: Intent) => Course
}

/** What the systems of a register mean; an event of a system that is not in it is quarantined. */
export function meaningOf(upstreams: readonly Upstream[]): Meaning {
  const bySystem = new Map<string, Upstream>(upstreams.map((one) => [one.system, one]))
  return {
    normalise: (event) =>
      bySystem.get(event.system)?.normalise(event) ?? [
        { about: 'quarantine', path: '$', reason: `No adapter of this console reads ${event.system}.` },
      ],
    vocabularyOf: (system) => bySystem.get(system)?.vocabulary ?? null,
    panelsOf: (intent) => bySystem.get(intent.system)?.panels?.(intent) ?? [],
    courseOf: (intent) => bySystem.get(intent.system)?.course?.(intent) ?? [],
  }
}
