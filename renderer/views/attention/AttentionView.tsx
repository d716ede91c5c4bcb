import { isUnwell } from '../../../shared/api/presence.ts'
import { ATTENTION } from '../../../shared/query/attention.ts'
import { useRowKeys } from '../../frame/useRowKeys.ts'
import { Empty } from '../../parts/Empty.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { useConnections } from '../../replica/connections.ts'
import { useActionsInNeed } from '../../replica/actions.ts'
import { useMatching } from '../../replica/matching.ts'
import { ActionsInNeed } from './ActionsInNeed.tsx'
import { AttentionIntents } from './AttentionIntents.tsx'
import { AllIsWell } from './AllIsWell.tsx'
import { SetAside } from './SetAside.tsx'
import { UnwellConnections } from './UnwellConnections.tsx'
import { worstFirst } from './worstFirst.ts'
import './attention.css'

/** What needs a person, worst first: actions not settled, lost connections, intents that wait too long, money without a trace, contradictions. */
export function AttentionView() {
  useRowKeys()
  const connections = useConnections()
  const overdue = useMatching(ATTENTION.overdue)
  const atRisk = useMatching(ATTENTION.endedAtRisk)
  const contradicted = useMatching(ATTENTION.contradicted)
  const actions = useActionsInNeed()?.actions ?? []
  const failure = connections.failure ?? overdue.failure ?? atRisk.failure ?? contradicted.failure
  const unwell = (connections.value ?? []).filter(({ presence }) => isUnwell(presence.state))
  const found = [overdue.value, atRisk.value, contradicted.value]
  const isKnown = connections.value !== null && found.every((matching) => matching !== null)
  const isQuiet =
    isKnown && unwell.length + actions.length === 0 && found.every((matching) => matching.total === 0)

  return (
    <div className="view">
      <h1>Attention</h1>
      {failure !== null && <FailureNote failure={failure} />}
      {!isKnown && failure === null && <Empty title="Looking for what needs you…" />}
      {isQuiet && <AllIsWell />}
      {actions.length > 0 && <ActionsInNeed actions={actions} />}
      {unwell.length > 0 && <UnwellConnections connections={unwell} />}
      <AttentionIntents
        title="Waiting longer than is normal"
        query={ATTENTION.overdue}
        matching={overdue.value && { ...overdue.value, rows: worstFirst(overdue.value.rows) }}
        reason="overdue"
      />
      <AttentionIntents
        title="Ended, and nothing shows that the funds came out"
        query={ATTENTION.endedAtRisk}
        matching={atRisk.value}
        reason="at-risk"
      />
      <AttentionIntents
        title="Told in two ways that cannot both be true"
        query={ATTENTION.contradicted}
        matching={contradicted.value}
        reason="contradicted"
      />
      <SetAside />
      <p className="muted prose">
        Not in this version: putting intents with one cause together, taking one over, and being told outside
        this window. Every line here goes away by itself when its reason does.
      </p>
    </div>
  )
}
