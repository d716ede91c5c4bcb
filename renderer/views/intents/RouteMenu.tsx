import { useState } from 'react'
import { useRoutes } from '../../replica/routes.ts'
import { useSystems } from '../../replica/status.ts'
import { chainNameOf } from './GridContext.ts'
import { routeOptions, routeWords } from './routeOptions.ts'
import { TermMenu } from './TermMenu.tsx'
import type { Hold } from './useHold.ts'

/** A menu of the routes that intents take, by the names of their chains, with how many take each. */
export function RouteMenu(props: { query: string; toggle: (term: string) => void; hold: Hold }) {
  const [isOpen, setOpen] = useState(false)
  const cards = useSystems()
  const chainName = (chainId: number) => chainNameOf(cards, chainId)
  return (
    <TermMenu
      title="Route"
      field="route:"
      {...props}
      onOpen={setOpen}
      options={routeOptions(useRoutes(isOpen), chainName)}
      wordsOf={(route) => routeWords(route, chainName)}
      empty="No intent has told both of its chains yet."
    />
  )
}
