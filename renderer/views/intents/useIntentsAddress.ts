import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { inBackground } from '../../host/inBackground.ts'
import type { GridQuestion } from '../../replica/grid.ts'
import type { IntentsSearch } from './intentsSearch.ts'

/** What the address says of the list (query, order, opened intent), and the ways to change it. */
export function useIntentsAddress() {
  const { query = '', sort: by = 'changed', isAscending = false, open } = useSearch({ from: '/intents' })
  const navigate = useNavigate({ from: '/intents' })
  const question = useMemo<GridQuestion>(
    () => ({ query, sort: { by, isAscending } }),
    [query, by, isAscending],
  )
  const ways = useMemo(() => {
    const go = (search: (before: IntentsSearch) => IntentsSearch) => {
      inBackground('changing the address', navigate({ search }))
    }
    return {
      onOpen: ({ id }: { id: string }) => {
        go((before) => ({ ...before, open: id }))
      },
      onClose: () => {
        go(({ open: _, ...rest }) => rest)
      },
      onQuery: (next: string) => {
        go(({ query: _, ...rest }) => (next === '' ? rest : { ...rest, query: next }))
      },
      onSort: (next: GridQuestion['sort']) => {
        go(({ isAscending: _, ...rest }) => ({
          ...rest,
          sort: next.by,
          ...(next.isAscending ? { isAscending: true } : {}),
        }))
      },
    }
  }, [navigate])
  return { question, openId: open, ...ways }
}
