import type { About, CommandRequest } from '../../command.ts'
import { exactText } from '../../kit/exactJson.ts'
import { isJsonObject } from '../../kit/shape.ts'
import { baseUrlOf, intentPath, type Generation } from '../api.ts'
import type { DefiSettings } from '../index.ts'

/** Whatever a command knows, on a connection to a DeFi API. */
export type Known = About<DefiSettings>

/** Where a generation takes what is posted. A slash at the end is part of the path that is signed. */
interface EndPoints {
  quotes: string
  intents: string
  approvals: (intent: string) => string
  /** What shows the credential. */
  secretHeaders: readonly string[]
}

const plain: EndPoints = {
  quotes: '/quotes',
  intents: '/intents',
  approvals: (intent) => `${intentPath(intent)}/approvals`,
  secretHeaders: ['x-api-key'],
}

/** [G1] `/quotes/best`; [S] no slash at the end; [G3] a slash at the end, and four headers that show who asks. */
const END_POINTS: Record<Generation, EndPoints> = {
  affiliate: { ...plain, quotes: '/quotes/best' },
  execution: plain,
  signed: {
    quotes: '/quotes/',
    intents: '/intents/',
    approvals: (intent) => `${intentPath(intent)}/approvals/`,
    secretHeaders: ['x-api-key', 'x-api-signature', 'x-api-timestamp', 'x-api-nonce'],
  },
}

/** Which of the three APIs a connection speaks. */
export function generationOf({ connection }: Known): Generation {
  return connection.settings.generation
}

/** Asks for a price. */
export function postQuote(known: Known, body: object): CommandRequest {
  return post(known, endPointsOf(known).quotes, body)
}

/** Creates an intent. */
export function postIntent(known: Known, body: object): CommandRequest {
  return post(known, endPointsOf(known).intents, body)
}

/** Attaches what the maker has signed. Fails with `usage` for an id that could lead elsewhere. */
export function postApproval(known: Known, intent: string, body: object): CommandRequest {
  return post(known, endPointsOf(known).approvals(intent), body)
}

function endPointsOf(known: Known): EndPoints {
  return END_POINTS[generationOf(known)]
}

function post(known: Known, path: string, body: object): CommandRequest {
  const { url, restUrl } = known.connection
  return {
    method: 'POST',
    url: baseUrlOf(restUrl ?? url, generationOf(known)) + path,
    body: exactText(sorted(body)),
    secretHeaders: endPointsOf(known).secretHeaders,
    secrets: [],
  }
}

/** Keys in order at every level: the text that is sent is the one that [G3] has signed. What was not given is left out. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isJsonObject(value)) return value
  const said = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(
    said.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]),
  )
}
