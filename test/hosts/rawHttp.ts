import { connect } from 'node:net'

/** What came back on a bare TCP connection; `status` is null when the peer closed without an answer. */
export interface RawAnswer {
  status: number | null
  head: string
  body: string
}

/** Sends bytes to a loopback port as they are and reads until the answer is whole or the peer closes. */
export function sendRaw(port: number, text: string, host = '127.0.0.1'): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host })
    let heard = ''
    const finish = (): void => {
      socket.destroy()
      const [head = '', body = ''] = heard.split('\r\n\r\n', 2)
      const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]
      resolve({ status: status === undefined ? null : Number(status), head, body })
    }
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNRESET' || error.code === 'EPIPE') finish()
      else reject(error)
    })
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1')
      if (isWhole(heard)) finish()
    })
    socket.on('close', finish)
    socket.write(text)
  })
}

/** Headers as lines, in the order given. */
export function requestText(line: string, headers: readonly (readonly [string, string])[]): string {
  return `${line}\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
}

function isWhole(heard: string): boolean {
  const end = heard.indexOf('\r\n\r\n')
  if (end < 0) return false
  if (heard.startsWith('HTTP/1.1 101')) return true
  const length = /\r\ncontent-length: (\d+)/i.exec(heard.slice(0, end))?.[1]
  return length !== undefined && heard.length >= end + 4 + Number(length)
}
