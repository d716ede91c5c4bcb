import type { FusionSettings } from '../electron/upstreams/fusion/index.ts'
import { upstreamOf } from '../electron/upstreams/index.ts'
import { bareFusion, type BareFusion } from './bareFusion.ts'
import { until } from './until.ts'
import { Desk } from './upstreamDesk.ts'

/** Bare backends and connections to them: everything that one test opened, and the way to close it again. */
export class FusionBench {
  readonly #backends: BareFusion[] = []
  readonly #desks: Desk[] = []

  /** A backend that knows every intent, and nothing of it. */
  async backend(port = 0): Promise<BareFusion> {
    const backend = await bareFusion(port)
    backend.answer = (_, response) => {
      response.end('{}')
      return true
    }
    this.#backends.push(backend)
    return backend
  }

  /** A connection, whether or not it will succeed. */
  async desk(url: string, settings: Partial<FusionSettings> = {}): Promise<Desk> {
    const desk = new Desk()
    this.#desks.push(desk)
    await desk.connect(upstreamOf('fusion'), { url, settings })
    return desk
  }

  /** A backend and a connection that hears it. */
  async start(settings: Partial<FusionSettings> = {}): Promise<{ backend: BareFusion; desk: Desk }> {
    const backend = await this.backend()
    const desk = await this.desk(backend.url, settings)
    await until('the first counters', () => desk.ofKind('mempool:stats').length > 0)
    return { backend, desk }
  }

  async close(): Promise<void> {
    for (const desk of this.#desks.splice(0)) await desk.close()
    for (const backend of this.#backends.splice(0)) await backend.close()
  }
}
