import { useId, useRef, useState, type SyntheticEvent } from 'react'
import { LONGEST_CREDENTIAL, type CredentialKeeping, type WeakPlace } from '../../../shared/api/credential.ts'
import { Button } from '../../parts/Button.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { useChangeCredentials } from '../../replica/credentials.ts'

/** What a person agrees to, by the weak place. */
const CONSENTS: Record<WeakPlace, string> = {
  unencrypted: 'Keep it there although it can be read from the disk',
  memory: 'Hold it in memory until the console quits',
}

/** Takes a credential for one connection. What is typed is masked, and gone from the page once it is sent. */
export function CredentialForm({
  connection,
  keeping,
  onClose,
}: {
  connection: string
  keeping: CredentialKeeping
  onClose: () => void
}) {
  const inputId = useId()
  const input = useRef<HTMLTextAreaElement>(null)
  const [isAgreed, setIsAgreed] = useState(false)
  const { set, isUnderWay, failure } = useChangeCredentials()
  const weakPlace = weakPlaceOf(keeping)

  async function submit(event: SyntheticEvent): Promise<void> {
    event.preventDefault()
    if (input.current === null) return
    const { value } = input.current
    input.current.value = ''
    const accepts = weakPlace !== null && isAgreed ? { accepts: weakPlace } : {}
    if (await set({ connection, value, ...accepts })) onClose()
  }

  return (
    <form
      className="profile-editor"
      autoComplete="off"
      onSubmit={(event) => {
        void submit(event)
      }}
    >
      <label htmlFor={inputId}>Credential of {connection}</label>
      {/* A key in PEM has several lines, which a password field would join. */}
      <textarea
        id={inputId}
        ref={input}
        className="credential-input"
        rows={2}
        required
        maxLength={LONGEST_CREDENTIAL}
        autoComplete="off"
        spellCheck={false}
      />
      {weakPlace !== null && (
        <Consent words={CONSENTS[weakPlace]} isAgreed={isAgreed} onChange={setIsAgreed} />
      )}
      {failure !== null && <FailureNote failure={failure} />}
      <div className="profile-editor-buttons">
        <Button look="main" type="submit" disabled={isUnderWay || needsConsent(keeping, isAgreed)}>
          Set
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  )
}

function Consent({
  words,
  isAgreed,
  onChange,
}: {
  words: string
  isAgreed: boolean
  onChange: (isAgreed: boolean) => void
}) {
  return (
    <label className="credential-consent">
      <input
        type="checkbox"
        checked={isAgreed}
        onChange={(event) => {
          onChange(event.target.checked)
        }}
      />
      {words}
    </label>
  )
}

/** The weak place that can be offered now: while the keychain is locked or silent, memory is the way out. */
function weakPlaceOf({ place, state }: CredentialKeeping): WeakPlace | null {
  if (place === 'memory' || state !== 'ready') return 'memory'
  return place === 'unencrypted' ? place : null
}

/** A locked keychain can be tried without consent: it may ask its owner to unlock it. */
function needsConsent({ place, state }: CredentialKeeping, isAgreed: boolean): boolean {
  if (isAgreed) return false
  return place === 'memory' || (place === 'unencrypted' && state === 'ready')
}
