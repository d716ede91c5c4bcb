import { Link } from '@tanstack/react-router'
import { Button } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { Told } from '../../parts/Told.tsx'
import { useStatus } from '../../replica/status.ts'

/** Says why the log is empty and what to do. */
export function NoActions({ isFiltered, onReset }: { isFiltered: boolean; onReset: () => void }) {
  const status = useStatus()
  if (isFiltered) {
    return (
      <Empty title="No action matches these filters">
        <Button onClick={onReset}>Show all</Button>
      </Empty>
    )
  }
  return (
    <Empty title="Nobody has sent anything yet">
      <p>
        Open an intent from <Link to="/intents">Intents</Link> and choose a command there, or one that needs
        no intent from its connection’s card in <Link to="/connections">Connections</Link>. You see the
        literal request before anything is sent; what was sent stands here with who, why and what became of
        it.
      </p>
      {status?.actions.isAllowed === false && (
        <p>
          Now nothing would be sent: <Told text={`${status.actions.why} ${status.actions.tip}`} />
        </p>
      )}
    </Empty>
  )
}
