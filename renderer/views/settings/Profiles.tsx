import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { calls } from '../../host/client.ts'
import { failureOf } from '../../host/failureOf.ts'
import { Badge } from '../../parts/Badge.tsx'
import { Button } from '../../parts/Button.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { ProfileEditor } from './ProfileEditor.tsx'

/** The name under which the engine always offers its demo. */
const DEMO = 'demo'

/** What a new profile starts from. */
const NEW_PROFILE = `{
  "name": "staging",
  "environment": "staging",
  "connections": [
    { "id": "fusion-test", "system": "fusion", "url": "http://127.0.0.1:3001", "credential": "none" }
  ]
}
`

interface SavedProfile {
  name: string
  text: string
}

/** The saved profiles: use one, edit one, make a new one. */
export function Profiles() {
  const queries = useQueryClient()
  const list = useQuery(calls.profiles.list.queryOptions({ input: {} }))
  const renew = () => queries.invalidateQueries({ queryKey: calls.profiles.list.key() })
  const use = useMutation(calls.profiles.use.mutationOptions({ onSuccess: startAgain }))
  const [edited, setEdited] = useState<SavedProfile | null>(null)
  const error = list.error ?? use.error

  return (
    <section>
      <h2>Profiles</h2>
      <p className="muted prose">
        A profile says which systems are watched and how carefully. Using another one closes the connections
        of this one and opens those of the other. A credential never stands in a profile, only where it comes
        from.
      </p>
      {error !== null && <FailureNote failure={failureOf(error)} />}
      {list.data !== undefined && (
        <ProfileList
          list={list.data}
          onUse={(name) => {
            use.mutate({ name })
          }}
          onEdit={setEdited}
        />
      )}
      <Button
        onClick={() => {
          setEdited({ name: '', text: NEW_PROFILE })
        }}
      >
        New profile
      </Button>
      {edited !== null && (
        <ProfileEditor
          key={edited.name}
          profile={edited}
          onClose={() => {
            setEdited(null)
          }}
          onSaved={async () => {
            setEdited(null)
            await renew()
          }}
        />
      )}
    </section>
  )
}

function ProfileList({
  list,
  onUse,
  onEdit,
}: {
  list: { inUse: string; isDemo: boolean; saved: SavedProfile[] }
  onUse: (name: string) => void
  onEdit: (profile: SavedProfile) => void
}) {
  return (
    <ul className="profiles" aria-label="Profiles">
      <ProfileLine
        name="Demo"
        about="the sandbox on this machine; needs no account"
        isInUse={list.isDemo}
        onUse={() => {
          onUse(DEMO)
        }}
      />
      {list.saved.map((profile) => (
        <ProfileLine
          key={profile.name}
          name={profile.name}
          isInUse={!list.isDemo && list.inUse === profile.name}
          onUse={() => {
            onUse(profile.name)
          }}
          onEdit={() => {
            onEdit(profile)
          }}
        />
      ))}
    </ul>
  )
}

function ProfileLine({
  name,
  about,
  isInUse,
  onUse,
  onEdit,
}: {
  name: string
  about?: string
  isInUse: boolean
  onUse: () => void
  onEdit?: () => void
}) {
  return (
    <li className="profile-line">
      <strong>{name}</strong>
      {about !== undefined && <span className="muted">{about}</span>}
      {isInUse && <Badge tone="done">in use</Badge>}
      <span className="profile-line-space" />
      {onEdit !== undefined && (
        <Button onClick={onEdit} aria-label={`Edit ${name}`}>
          Edit
        </Button>
      )}
      <Button onClick={onUse} disabled={isInUse} aria-label={`Use ${name}`}>
        Use
      </Button>
    </li>
  )
}

/** Another profile is another console: everything on the page is asked for anew. */
function startAgain(): void {
  location.reload()
}
