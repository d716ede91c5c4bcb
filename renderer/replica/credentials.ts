import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CredentialKeeping, CredentialStatus, WeakPlace } from '../../shared/api/credential.ts'
import type { FailureShape } from '../../shared/api/failure.ts'
import { calls, client } from '../host/client.ts'
import { failureOf } from '../host/failureOf.ts'

const options = calls.credentials.status.queryOptions({ input: {} })

/** How the credentials of the profile in use fare; null while the keychain is asked for the first time. */
export function useCredentials(): {
  found: { keeping: CredentialKeeping; connections: CredentialStatus[] } | null
  failure: FailureShape | null
} {
  const { data, error } = useQuery(options)
  return { found: data ?? null, failure: error === null ? null : failureOf(error) }
}

/** A value on its way to the vault. */
interface NewCredential {
  connection: string
  value: string
  accepts?: WeakPlace
}

/**
 * Sets and clears credentials; both answer whether it worked. Called without the query cache, which would remember the
 * value of a call for minutes.
 */
export function useChangeCredentials(): {
  set: (credential: NewCredential) => Promise<boolean>
  clear: (connection: string) => Promise<boolean>
  isUnderWay: boolean
  failure: FailureShape | null
} {
  const queries = useQueryClient()
  const [isUnderWay, setIsUnderWay] = useState(false)
  const [failure, setFailure] = useState<FailureShape | null>(null)

  async function change(call: () => Promise<CredentialStatus>): Promise<boolean> {
    setIsUnderWay(true)
    setFailure(null)
    try {
      await call()
      return true
    } catch (error) {
      setFailure(failureOf(error))
      return false
    } finally {
      setIsUnderWay(false)
      await queries.invalidateQueries({ queryKey: options.queryKey })
    }
  }

  return {
    set: (credential) => change(() => client.credentials.set(credential)),
    clear: (connection) => change(() => client.credentials.clear({ connection })),
    isUnderWay,
    failure,
  }
}
