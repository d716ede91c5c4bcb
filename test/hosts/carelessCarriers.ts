import { MessageChannel } from 'node:worker_threads'
import type { Port } from '../../electron/host/messagePort.ts'
import { stationOverPorts, type OpenStation } from './stations.ts'

/** What comes from and goes to a page, in careless hands. */
type Hands = (page: Port, host: Port) => void

const forward = (from: Port, to: Port): void => {
  from.on('message', (text) => {
    to.postMessage(text as string)
  })
}

/** Takes an input that is empty for one that is not there. */
const dropsEmptyInputs: Hands = (page, host) => {
  page.on('message', (text) => {
    const call = JSON.parse(text as string) as { p: { b?: { json?: unknown } } }
    if (!call.p.b?.json) delete call.p.b
    host.postMessage(JSON.stringify(call))
  })
  forward(host, page)
}

/** Gives the answers of one turn of the loop newest first. */
const answersNewestFirst: Hands = (page, host) => {
  forward(page, host)
  const held: string[] = []
  host.on('message', (text) => {
    if (held.push(text as string) > 1) return
    setImmediate(() => {
      for (const answer of held.splice(0).reverse()) page.postMessage(answer)
    })
  })
}

/** Leaves out of the call what it cannot read, and goes on. */
const swallowsNonsense: Hands = (page, host) => {
  page.on('message', (text) => {
    try {
      if ('u' in (JSON.parse(text as string) as { p: object }).p) host.postMessage(text as string)
    } catch {
      // This is the carelessness.
    }
  })
  forward(host, page)
}

/** Carriers that are ours but for one carelessness each. */
export const CARELESS = {
  dropsEmptyInputs: stationWith(dropsEmptyInputs),
  answersNewestFirst: stationWith(answersNewestFirst),
  swallowsNonsense: stationWith(swallowsNonsense),
}

function stationWith(handle: Hands): OpenStation {
  return (router) =>
    stationOverPorts(router, (page) => {
      const { port1, port2 } = new MessageChannel()
      handle(page, port2)
      return port1
    })
}
