import type { RouteCount } from '../../../shared/api/answers.ts'

/** A route as a value of the query's field `route`, in words, with how many intents of all systems take it. */
interface RouteOption {
  value: string
  words: string
  count: number
}

/** Routes over all systems, those that most intents take first. */
export function routeOptions(
  routes: readonly RouteCount[],
  chainName: (chainId: number) => string,
): RouteOption[] {
  const byRoute = Map.groupBy(routes, (route) => `${route.sourceChainId}-${route.destinationChainId}`)
  return [...byRoute]
    .map(([value, same]) => ({
      value,
      words: routeWords(value, chainName),
      count: same.reduce((sum, { count }) => sum + count, 0),
    }))
    .sort((a, b) => b.count - a.count)
}

/** A value of the query's field `route` by the names of its chains: `1-10` becomes `Ethereum → Optimism`. */
export function routeWords(route: string, chainName: (chainId: number) => string): string {
  return route
    .split('-')
    .map((chainId) => chainName(Number(chainId)))
    .join(' → ')
}
