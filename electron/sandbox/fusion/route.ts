import type { Answer } from '../kit/answer.ts'

/** What a request says. */
export interface Asked {
  /** The parts of the path that the route names with a colon. */
  parts: Record<string, string>
  query: URLSearchParams
  /** Of a POST; empty when it sent no object. */
  body: Record<string, unknown>
}

/** One path. */
export interface Route {
  method: 'GET' | 'POST'
  /** With `:name` for one part of the path. */
  path: string
  /** Whether it changes something, so that its answer may be lost on the way. */
  isChange: boolean
  answer: (asked: Asked) => Answer
}

/** A path that is only read. */
export function get(path: string, answer: Route['answer']): Route {
  return { method: 'GET', path, isChange: false, answer }
}

/** A question whose words stand in the body. */
export function ask(path: string, answer: Route['answer']): Route {
  return { method: 'POST', path, isChange: false, answer }
}

/** A path that changes something. */
export function change(path: string, answer: Route['answer']): Route {
  return { method: 'POST', path, isChange: true, answer }
}

/** Taken. */
export function ok(body: unknown, status = 200): Answer {
  return { status, body }
}

/** Not taken, with a sentence. */
export function no(status: number, error: string, more: object = {}): Answer {
  return { status, body: { error, ...more } }
}

/** The route of a request, with the parts that its path names. */
export function matchRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; parts: Record<string, string> } | null {
  const asked = path.split('/')
  for (const route of routes) {
    const parts: Record<string, string> = {}
    const wanted = route.path.split('/')
    const isMatch = (want: string, index: number): boolean => {
      const have = asked[index] ?? ''
      if (!want.startsWith(':')) return want === have
      parts[want.slice(1)] = decodeURIComponent(have)
      return have !== ''
    }
    if (route.method === method && wanted.length === asked.length && wanted.every(isMatch))
      return { route, parts }
  }
  return null
}
