import { isAborted } from '../../../electron/upstreams/kit/aborted.ts'
import { createHttp, type Http } from '../../../electron/upstreams/kit/http.ts'
import { trackPresence } from '../../../electron/upstreams/kit/presence.ts'
import type { Link, Site } from '../../../electron/upstreams/upstream.ts'
import type { Origin } from '../../../shared/intent/fact.ts'

/** Pause between two rounds, milliseconds. */
const ROUND_MS = 50

/** Reads every followed order in turn, again and again. */
export function connect(site: Site): Link {
  const http = createHttp({ baseUrl: site.connection.url, clock: site.clock })
  const followed = new Set(site.watched())
  return {
    reconnectNow: () => undefined,
    reread: (id) => read(site, http, { id, origin: 'poll' }),
    watch: (id) => followed.add(id),
    unwatch: (id) => followed.delete(id),
    closed: follow(site, http, followed),
  }
}

async function follow(site: Site, http: Http, followed: ReadonlySet<string>): Promise<void> {
  const { clock, signal } = site
  const presence = trackPresence(clock, site.presence)
  while (!isAborted(signal)) {
    try {
      for (const id of followed) await read(site, http, { id, origin: 'poll' })
      presence.become({ state: 'live', reason: '', tip: '', attempt: 0 })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      presence.become({ state: 'retrying', reason, tip: 'It is tried again by itself.', attempt: 1 })
    }
    await clock.sleep(ROUND_MS, signal)
  }
}

async function read(
  site: Site,
  http: Http,
  { id, origin }: { id: string; origin: Origin },
): Promise<boolean> {
  const { status, text, receivedAtMs } = await http.get(`/orders/${encodeURIComponent(id)}`, site.signal)
  if (status !== 200) return false
  const { id: connection, system } = site.connection
  await site.emit({
    connection,
    system,
    kind: 'GET /orders/:id',
    origin,
    receivedAtMs,
    payload: text,
    isSample: false,
  })
  return true
}
