import { useState } from 'react'
import type { CredentialKeeping, CredentialStatus } from '../../../shared/api/credential.ts'
import { Button } from '../../parts/Button.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { Instant } from '../../parts/Instant.tsx'
import { Mark } from '../../parts/Mark.tsx'
import type { Tone } from '../../parts/tone.ts'
import { useChangeCredentials, useCredentials } from '../../replica/credentials.ts'
import { CredentialForm } from './CredentialForm.tsx'

const TONES: Record<CredentialStatus['state'], Tone> = {
  present: 'done',
  missing: 'waiting',
  locked: 'waiting',
  unavailable: 'failed',
  'not-needed': 'plain',
}

const PLACES: Record<NonNullable<CredentialStatus['heldIn']>, string> = {
  keychain: 'in the keychain',
  memory: 'in memory until the console quits',
  environment: 'in the environment',
}

/** Credentials of the profile in use: there or not, where, since when. They can be set and cleared here, never seen. */
export function Credentials() {
  const { found, failure } = useCredentials()
  return (
    <section>
      <h2>Credentials</h2>
      <p className="muted prose">
        What the systems of this profile ask for. A value goes into the keychain of this computer and to its
        system, and never comes back to a screen.
      </p>
      {failure !== null && <FailureNote failure={failure} />}
      {found === null && failure === null && <p className="muted">Asking the keychain…</p>}
      {found !== null && (
        <>
          {found.connections.some(({ kind }) => kind === 'keychain') && <Keeping keeping={found.keeping} />}
          <ul className="profiles" aria-label="Credentials">
            {found.connections.map((credential) => (
              <CredentialLine key={credential.connection} credential={credential} keeping={found.keeping} />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function Keeping({ keeping: { place, backend, why, tip } }: { keeping: CredentialKeeping }) {
  if (why === '') {
    return (
      <p className="prose">
        Kept in <strong>{backend}</strong>.
      </p>
    )
  }
  return (
    <p className="credential-banner" role="status" data-tone="waiting">
      <strong>{why}</strong> {tip}
      {place === 'memory' && ' A credential set here is held in memory and forgotten when the console quits.'}
    </p>
  )
}

function CredentialLine({
  credential,
  keeping,
}: {
  credential: CredentialStatus
  keeping: CredentialKeeping
}) {
  const { connection, state, setAtMs, why, tip } = credential
  const [isOpen, setIsOpen] = useState(false)
  const { clear, isUnderWay, failure } = useChangeCredentials()
  return (
    <li className="credential">
      <div className="credential-line">
        <CredentialFacts credential={credential} />
        <span className="profile-line-space" />
        {credential.kind === 'keychain' && (
          <Button
            aria-expanded={isOpen}
            aria-label={`Set credential of ${connection}`}
            onClick={() => {
              setIsOpen(!isOpen)
            }}
          >
            {setAtMs === null ? 'Set' : 'Replace'}
          </Button>
        )}
        {credential.kind === 'keychain' && (state === 'present' || setAtMs !== null) && (
          <Button
            aria-label={`Clear credential of ${connection}`}
            disabled={isUnderWay}
            onClick={() => void clear(connection)}
          >
            Clear
          </Button>
        )}
      </div>
      {why !== '' && why !== keeping.why && (
        <p className="muted prose">
          {why} {tip}
        </p>
      )}
      {failure !== null && <FailureNote failure={failure} />}
      {isOpen && (
        <CredentialForm
          connection={connection}
          keeping={keeping}
          onClose={() => {
            setIsOpen(false)
          }}
        />
      )}
    </li>
  )
}

function CredentialFacts({
  credential: { connection, state, setAtMs, heldIn },
}: {
  credential: CredentialStatus
}) {
  return (
    <>
      <strong>{connection}</strong>
      <Mark tone={TONES[state]}>{state === 'not-needed' ? 'none needed' : state}</Mark>
      {heldIn !== null && <span>{PLACES[heldIn]}</span>}
      {setAtMs !== null && (
        <span className="muted">
          set <Instant atMs={setAtMs} />
        </span>
      )}
    </>
  )
}
