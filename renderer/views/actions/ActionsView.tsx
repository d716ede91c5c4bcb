import { useStatus } from '../../replica/status.ts'

/** What is coming, by system, in the words that the buttons will carry. */
const COMING = [
  {
    system: 'Fusion',
    commands:
      'create a source-lock session, report a deployment or a lock, prepare a refund, report its transaction, read a Midnight balance, relay a permit',
  },
  { system: 'Every system', commands: 'notes, tags, silencing an alarm' },
]

/** The log of what operators did. This version sends nothing, and says so instead of showing an empty table. */
export function ActionsView() {
  const status = useStatus()
  return (
    <div className="view prose">
      <h1>Actions</h1>
      <p>
        <strong>Nothing was sent to any system, because this version cannot send anything.</strong> It listens
        and reads. Refunds and sessions are not part of it yet, so there is no log of them to show.
      </p>
      <h2>What you can do now</h2>
      <p>
        Open an intent to <em>read it again</em> from its system or to <em>watch</em> it. Both only read. What
        comes back stands on the intent’s timeline with its origin.
      </p>
      <h2>What will be here</h2>
      <ul>
        {COMING.map(({ system, commands }) => (
          <li key={system}>
            {system}: {commands}.
          </li>
        ))}
      </ul>
      <p>
        Each with a dry run that shows the literal request, a reason, a typed confirmation, and a row here
        that says who, when, why and with what outcome; those whose outcome is unknown stand on top until they
        are settled.
      </p>
      {status !== null && (
        <p className="muted">
          {status.actions.isAllowed
            ? 'The profile in use would allow actions.'
            : `Actions are closed here: ${status.actions.why}`}
        </p>
      )}
    </div>
  )
}
