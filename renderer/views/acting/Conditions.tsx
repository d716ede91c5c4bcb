import type { Precondition } from '../../../shared/api/action.ts'
import { Countdown } from '../../parts/Ago.tsx'
import type { Tone } from '../../parts/tone.ts'
import { Told } from '../../parts/Told.tsx'

const STATES: Record<Precondition['state'], { shape: string; word: string; tone: Tone }> = {
  met: { shape: '✓', word: 'met', tone: 'done' },
  unmet: { shape: '✕', word: 'not met', tone: 'failed' },
  unknown: { shape: '?', word: 'not known', tone: 'waiting' },
}

/** The conditions of a command, each by shape and word, with why, and a countdown where it opens by itself. */
export function Conditions({ preconditions }: { preconditions: readonly Precondition[] }) {
  return (
    <ul role="list" aria-label="Conditions" className="conditions">
      {preconditions.map(({ name, state, why, opensAtMs }) => {
        const { shape, word, tone } = STATES[state]
        return (
          <li key={name}>
            <span className="condition-mark" data-tone={tone} aria-hidden="true">
              {shape}
            </span>
            <span>
              {name}
              <span className={state === 'met' ? 'visually-hidden' : 'condition-word'} data-tone={tone}>
                {' '}
                {word}
              </span>
              {why !== '' && (
                <span className="muted">
                  {' '}
                  <Told text={why} />
                </span>
              )}
              {opensAtMs !== null && state !== 'met' && (
                <>
                  {' '}
                  Opens <Countdown atMs={opensAtMs} />.
                </>
              )}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
