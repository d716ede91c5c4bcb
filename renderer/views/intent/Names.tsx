import type { IntentDetail } from '../../../shared/api/row.ts'
import { comparableId } from '../../../shared/intent/ids.ts'
import { wordsOfName } from '../../../shared/intent/words.ts'
import { Badge } from '../../parts/Badge.tsx'
import { PhaseMark } from '../../parts/PhaseMark.tsx'
import { ShortId } from '../../parts/ShortId.tsx'
import { useSystemLabel } from '../../replica/status.ts'

/** Phase and status, the id that the system uses, system and connection, and every other name of the intent. */
export function Names({ askedId, intent }: { askedId: string; intent: IntentDetail }) {
  const label = useSystemLabel(intent.system)
  const others = intent.aliases.filter(({ value }) => comparableId(value) !== comparableId(intent.row.mainId))
  return (
    <>
      <p className="intent-names">
        <PhaseMark phase={intent.phase} />
        <code title="The system's own word">{intent.status === '' ? 'no status yet' : intent.status}</code>
        <Marks intent={intent} />
        <ShortId value={intent.row.mainId} what="intent id" />
        <span>· {label}</span>
        <span title="Connection">· {intent.connection}</span>
        {others.map(({ kind, value }) => (
          <span key={`${kind} ${value}`}>
            · also <ShortId value={value} what={wordsOfName(kind).toLowerCase()} />
            <span className="muted">({wordsOfName(kind).toLowerCase()})</span>
          </span>
        ))}
      </p>
      {isAnotherName(askedId, intent) && (
        <p className="intent-note">
          You asked for <code>{askedId}</code>; it belongs to this intent.
        </p>
      )}
    </>
  )
}

function Marks({ intent }: { intent: IntentDetail }) {
  return (
    <>
      {intent.moneyAtRisk && (
        <Badge tone="waiting" title="Funds are or may be locked, and nothing says that they came out.">
          ◇ money at risk
        </Badge>
      )}
      {intent.row.isRemoved && <Badge title="The system no longer lists it.">– removed</Badge>}
      {intent.isNotFound && <Badge tone="waiting">? not known to the system</Badge>}
      {intent.row.isWatched && <Badge title="Followed across restarts.">◉ watched</Badge>}
    </>
  )
}

/** Whether the name asked for is neither the console's id nor the one that the system uses now. */
function isAnotherName(askedId: string, intent: IntentDetail): boolean {
  const asked = comparableId(askedId)
  return asked !== comparableId(intent.id) && !comparableId(intent.row.mainId).startsWith(asked)
}
