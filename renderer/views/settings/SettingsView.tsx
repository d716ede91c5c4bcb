import { FailureNote } from '../../parts/FailureNote.tsx'
import { Button } from '../../parts/Button.tsx'
import { useChangeSettings, useSettings } from '../../replica/settings.ts'
import { useStatus } from '../../replica/status.ts'
import { Choice } from './Choice.tsx'
import { Credentials } from './Credentials.tsx'
import { Incidents } from './Incidents.tsx'
import { Keeping } from './Keeping.tsx'
import { Profiles } from './Profiles.tsx'
import './settings.css'

const THEMES = [
  { value: 'system', words: 'As the desktop' },
  { value: 'light', words: 'Light' },
  { value: 'dark', words: 'Dark' },
] as const

const TIMES = [
  { value: 'utc', words: 'UTC' },
  { value: 'local', words: 'Local time' },
  { value: 'relative', words: 'Relative' },
  { value: 'epoch', words: 'Epoch milliseconds' },
] as const

/** What a person may choose; each setting says what it does. */
export function SettingsView() {
  const settings = useSettings()
  const { change, failure } = useChangeSettings()
  const status = useStatus()
  const isAnyColumnKept = Object.keys(settings.columns).length > 0
  return (
    <div className="view settings">
      <h1>Settings</h1>
      {failure !== null && <FailureNote failure={failure} />}
      <Choice
        title="Theme"
        about="Colours of every screen. Both themes show the same; “as the desktop” follows the system by day and night."
        options={THEMES}
        value={settings.theme}
        onChange={(theme) => {
          change({ theme })
        }}
      />
      <Choice
        title="Times"
        about="How instants are written, on every screen at once. The full UTC instant is always there on hover."
        options={TIMES}
        value={settings.times}
        onChange={(times) => {
          change({ times })
        }}
      />
      <section>
        <h2>Columns</h2>
        <p className="muted prose">
          Which columns a grid has, in which order, how wide and pinned where, is kept when you change it in
          the grid. Resetting brings back the columns as delivered.
        </p>
        <Button
          disabled={!isAnyColumnKept}
          onClick={() => {
            change({ columns: {} })
          }}
        >
          Reset columns
        </Button>
      </section>
      <Keeping settings={settings} change={change} />
      <Profiles />
      <Credentials />
      <Incidents incidents={status?.incidents ?? []} />
      {status !== null && (
        <p className="muted small">
          Intent Console {status.consoleVersion}. Settings and profiles are kept in{' '}
          <code>{status.dataDir}</code>.
        </p>
      )}
    </div>
  )
}
