import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { inBackground } from '../../host/inBackground.ts'
import type { ActionsSearch } from './actionsSearch.ts'

/** What the address says of the log (filters, opened action), and the way to change it: an empty value leaves it out. */
export function useActionsAddress(): {
  search: ActionsSearch
  change: (changes: Partial<Record<keyof ActionsSearch, string>>) => void
} {
  const search = useSearch({ from: '/actions' })
  const navigate = useNavigate({ from: '/actions' })
  const change = useCallback(
    (changes: Partial<Record<keyof ActionsSearch, string>>) => {
      const next = (before: ActionsSearch): ActionsSearch => {
        const given = Object.entries({ ...before, ...changes }).filter(([, value]) => value !== '')
        return Object.fromEntries(given)
      }
      inBackground('changing the address', navigate({ search: next }))
    },
    [navigate],
  )
  return { search, change }
}
