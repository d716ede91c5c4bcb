import { useMutation, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { calls } from '../../host/client.ts'
import { failureOf } from '../../host/failureOf.ts'
import { Button } from '../../parts/Button.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'

/** A profile as text; what is wrong stands below it by its place while it is written. */
export function ProfileEditor({
  profile,
  onClose,
  onSaved,
}: {
  profile: { name: string; text: string }
  onClose: () => void
  onSaved: () => Promise<void>
}) {
  const problemsId = useId()
  const [text, setText] = useState(profile.text)
  const check = useQuery(calls.profiles.check.queryOptions({ input: { text } }))
  const save = useMutation(calls.profiles.save.mutationOptions({ onSuccess: onSaved }))
  const problems = check.data?.problems ?? []
  const error = save.error ?? check.error

  return (
    <div className="profile-editor">
      <textarea
        aria-label={profile.name === '' ? 'New profile' : `Profile ${profile.name}`}
        aria-describedby={problemsId}
        aria-invalid={problems.length > 0}
        className="mono"
        rows={18}
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
        }}
      />
      <div id={problemsId} role="status">
        {check.data !== undefined && problems.length === 0 && (
          <p className="muted">This is a good profile.</p>
        )}
        <ul>
          {problems.map(({ place, sentence }) => (
            <li key={`${place} ${sentence}`}>
              <code>{place}</code> {sentence}
            </li>
          ))}
        </ul>
      </div>
      {error !== null && <FailureNote failure={failureOf(error)} />}
      <div className="profile-editor-buttons">
        <Button
          look="main"
          disabled={check.data === undefined || problems.length > 0 || save.isPending}
          onClick={() => {
            save.mutate({ text })
          }}
        >
          Save
        </Button>
        <Button onClick={onClose}>Discard changes</Button>
      </div>
    </div>
  )
}
