import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { RPCHandler } from '@orpc/server/message-port'
import { serveMessagePort } from '../../electron/host/messagePort.ts'
import { sampleRouter } from './sampleRouter.ts'

/**
 * A process that serves a port, is sent garbage, and then asked something: prints the answer when it lives. `careless`
 * gives what comes to oRPC's handler as it is, which is what our carriers never do.
 */
const GARBAGE: readonly unknown[] = [
  'nonsense',
  '[]',
  'null',
  '{}',
  '{"i":"1"}',
  '{"i":"1","p":null}',
  '{"i":"1","p":{"u":7}}',
  '{"i":"1","p":{"u":"http://"}}',
  '{"i":"1","p":{"u":"/echo","h":{"content-type":"multipart/form-data"}}}',
  '{"i":"1","p":{"u":"/echo","h":{"content-type":"text/event-stream"}}}',
  '{"i":"1","t":3}',
  '{"i":"1","t":9,"p":{"u":"/echo"}}',
  null,
  undefined,
  7,
  {},
  [],
  new Uint8Array([255, 255, 0]),
  new Map(),
]

const serve =
  process.argv[2] === 'careless'
    ? (port: MessagePort) => {
        new RPCHandler(sampleRouter()).upgrade(port)
        port.start()
      }
    : (port: MessagePort) => {
        serveMessagePort({ router: sampleRouter(), port })
      }

for (const garbage of GARBAGE) {
  const { port1, port2 } = new MessageChannel()
  serve(port1)
  port2.postMessage(garbage)
  const answered = new Promise<void>((resolve) => {
    port2.once('message', resolve)
    port2.once('close', resolve)
  })
  // A careless host that does not fall over may also say nothing at all; the next question still has to be answered.
  await Promise.race([answered, new Promise((resolve) => setImmediate(() => setImmediate(resolve)))])
  port2.close()
}
const { port1, port2 } = new MessageChannel()
serve(port1)
port2.postMessage('{"i":"1","p":{"u":"/number","b":{"json":{"value":1}}}}')
port2.once('message', (answer) => {
  process.stdout.write(`${String(answer)}\n`)
  port2.close()
})
