import { CopyButton } from '../../parts/CopyButton.tsx'
import { useStatus } from '../../replica/status.ts'
import './archive.css'

/** Commands that read the same data folder beside the running console; each takes the folder behind it. */
const COMMANDS = [
  { command: 'find is:stuck --data', does: 'lists intents that match an id or a query' },
  { command: 'show <any id> --data', does: 'tells one intent with its timeline' },
  { command: 'tail --data', does: 'follows the journal as it grows' },
  { command: 'connections --data', does: 'tells what was heard on each connection, and what was missed' },
  { command: 'audit --data', does: 'lists every step of every action, with who and why' },
  { command: 'verify', does: 'says whether journal and audit log are as they were written' },
]

/** What is kept on disk and how to read it. Exported logs are not part of this version, and the screen says so. */
export function ArchiveView() {
  const status = useStatus()
  return (
    <div className="view">
      <h1>Archive</h1>
      <p className="prose">
        Everything heard is kept as it came, in order, in the data folder of this console. Nothing is deleted
        unless Settings says so.
      </p>
      {status !== null && (
        <>
          <dl className="archive-facts">
            <dt>Data folder</dt>
            <dd>
              <code>{status.dataDir}</code>{' '}
              <CopyButton text={status.dataDir} what="Copy the data folder’s path" />
            </dd>
            <dt>Events on disk</dt>
            <dd>{status.lastSeq.toLocaleString('en')}</dd>
            <dt>Intents</dt>
            <dd>{status.counts.total.toLocaleString('en')}</dd>
          </dl>
          <Commands dataDir={status.dataDir} />
        </>
      )}
      <h2>Not in this version</h2>
      <p className="prose">
        Exporting a log, opening one in these screens without a network, and importing. To hand over one
        intent today, open it and use <em>Copy for a ticket</em>.
      </p>
    </div>
  )
}

function Commands({ dataDir }: { dataDir: string }) {
  return (
    <section className="archive-commands">
      <h2>Read it from the command line</h2>
      <p className="prose muted">
        In the folder of the console’s program, also while the console is running. Each takes{' '}
        <code>--json</code>.
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Command</th>
            <th scope="col">Does</th>
          </tr>
        </thead>
        <tbody>
          {COMMANDS.map(({ command, does }) => {
            const line = `npm run cli -- ${command} "${dataDir}"`
            return (
              <tr key={command}>
                <td>
                  <code>{line}</code> <CopyButton text={line} what={`Copy the command ${command}`} />
                </td>
                <td>{does}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
