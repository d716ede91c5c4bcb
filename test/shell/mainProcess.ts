import { registerHooks } from 'node:module'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ClientContext, NestedClient } from '@orpc/client'

/** What a test asks of the pretended main process. */
export type Order =
  | { do: 'emit'; on: 'app' | 'powerMonitor'; event: string }
  | { do: 'window' }
  | { do: 'call'; path: string[]; input: unknown }

/** What it answers, under the number of the order. */
export interface Answer {
  number: number
  value?: unknown
  failure?: string
}

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL('./electronModule.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
})

const { stage } = await import('./electronModule.ts')
// As in Electron: ready once the root has been evaluated, so a root that waits for that hangs here too.
await import('../../electron/main.ts')
stage.becomeReady()

process.on('message', ({ number, ...order }: Order & { number: number }) => {
  carryOut(order).then(
    (value) => process.send?.({ number, value }),
    (error: unknown) => process.send?.({ number, failure: JSON.stringify(error) }),
  )
})

async function carryOut(order: Order): Promise<unknown> {
  switch (order.do) {
    case 'emit':
      return stage[order.on].emit(order.event, { preventDefault: () => undefined })
    case 'window':
      return describeWindow()
    case 'call':
      return call(order.path, order.input)
  }
}

function describeWindow(): unknown {
  const [window] = stage.windows
  if (window === undefined) return null
  const { session: _session, ...preferences } = window.options.webPreferences ?? {}
  return { count: stage.windows.length, loaded: window.loaded, preferences, before: stage.before }
}

/** One call of the page: on a port that it asks for as the page does. */
async function call(path: string[], input: unknown): Promise<unknown> {
  const contents = stage.windows[0]?.webContents
  stage.ipcMain.emit('port', { sender: contents, senderFrame: contents?.mainFrame })
  const port = contents?.mainFrame.handed.at(-1)?.port.inner
  if (port === undefined) throw new Error('The page was handed no port.')
  const client = createORPCClient<NestedClient<ClientContext>>(new RPCLink({ port }))
  port.start()
  let found: unknown = client
  for (const name of path) found = Reflect.get(found as object, name)
  return (found as (given: unknown) => Promise<unknown>)(input)
}
