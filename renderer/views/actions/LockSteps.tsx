import { counted } from '../../parts/counted.ts'
import { useLockSteps } from '../../replica/actions.ts'
import { Steps } from './Steps.tsx'

/** Who unlocked and locked the profile, when and why; nothing when nobody did. */
export function LockSteps({ version }: { version: number }) {
  const steps = useLockSteps(version)
  if (steps.length === 0) return null
  return (
    <details className="lock-steps">
      <summary>The profile’s lock: {counted(steps.length, 'step')}</summary>
      <Steps steps={steps} words="Steps of the lock" />
    </details>
  )
}
