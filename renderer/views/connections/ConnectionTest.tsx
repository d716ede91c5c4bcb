import type { TestStep } from '../../../shared/api/presence.ts'
import { formatDuration } from '../../../shared/intent/time.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'
import { Button } from '../../parts/Button.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { Mark } from '../../parts/Mark.tsx'
import type { Tone } from '../../parts/tone.ts'
import { useConnectionTest, type ConnectionTestState } from '../../replica/connectionTest.ts'

const STATES: Record<TestStep['state'], { tone: Tone; word: string }> = {
  running: { tone: 'moving', word: 'trying' },
  passed: { tone: 'done', word: 'good' },
  failed: { tone: 'failed', word: 'failed' },
  skipped: { tone: 'plain', word: 'left out' },
}

/** Tests the connection on a link of its own, and names the step that fails. */
export function ConnectionTest({ connection }: { connection: string }) {
  const { test, start, cancel, dismiss } = useConnectionTest(connection)
  const isRunning = test !== null && !test.isDone
  return (
    <section className="connection-test" aria-label={`Test of ${connection}`}>
      <div className="connection-test-buttons">
        <Button onClick={start} disabled={isRunning}>
          Test connection
        </Button>
        {isRunning && (
          <Button onClick={cancel} disabled={test.name === null}>
            Cancel
          </Button>
        )}
        {test?.isDone === true && <Button onClick={dismiss}>Clear</Button>}
      </div>
      {test !== null && (
        <>
          <p role="status">{verdictOf(test)}</p>
          <ol className="connection-steps" aria-label="Steps of the test">
            {test.steps.map((step) => (
              <StepLine key={step.name} step={step} />
            ))}
          </ol>
          {test.failure !== null && <FailureNote failure={test.failure} />}
        </>
      )}
    </section>
  )
}

function StepLine({ step: { name, state, text, tookMs } }: { step: TestStep }) {
  const { tone, word } = STATES[state]
  return (
    <li>
      <Mark tone={tone}>
        {stepWords(name)}: {word}
      </Mark>
      {tookMs !== null && <span className="muted"> in {formatDuration(tookMs)}</span>}
      {text !== '' && <p className="muted connection-why">{text}</p>}
    </li>
  )
}

function verdictOf({ steps, isDone, isCancelled }: ConnectionTestState): string {
  if (!isDone) return 'Testing on a link of its own; the connection itself is left alone.'
  if (isCancelled) return 'The test was cancelled.'
  const failed = steps.find(({ state }) => state === 'failed')
  if (failed !== undefined) return `The test failed at “${stepWords(failed.name)}”.`
  return steps.length === 0 ? '' : 'Every step is good.'
}

function stepWords(name: string): string {
  return name === 'tcp' || name === 'tls' ? name.toUpperCase() : wordsOfName(name)
}
