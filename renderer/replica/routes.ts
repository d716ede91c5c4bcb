import { useQuery } from '@tanstack/react-query'
import type { RouteCount } from '../../shared/api/answers.ts'
import { calls } from '../host/client.ts'

/** The routes that most intents take, asked each time that somebody begins to look; empty until the engine has answered. */
export function useRoutes(isShown: boolean): RouteCount[] {
  return useQuery({ ...calls.intents.routes.queryOptions({ input: {} }), enabled: isShown }).data ?? []
}
