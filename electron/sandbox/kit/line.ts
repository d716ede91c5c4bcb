import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'

/** One accepted connection as the server behind the gate sees it: a stream whose bytes can be held or swallowed. */
export class Line extends Duplex {
  readonly #socket: Socket
  #isHeld = false
  #isDeaf = false
  /** The one write that Node hands over at a time, waiting for `release`. */
  #kept: (() => void) | null = null

  constructor(socket: Socket) {
    super({ allowHalfOpen: false })
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => {
      if (!this.#isDeaf && !this.push(chunk)) socket.pause()
    })
    socket.on('end', () => {
      if (!this.#isDeaf) this.push(null)
    })
    socket.on('error', () => this.destroy())
    socket.on('close', () => this.destroy())
  }

  get isDeaf(): boolean {
    return this.#isDeaf
  }

  /** Keeps all bytes, both ways. */
  hold(): void {
    this.#isHeld = true
    this.#socket.pause()
  }

  /** Delivers what was kept, and the rest from now on. */
  release(): void {
    this.#isHeld = false
    this.#socket.resume()
    const kept = this.#kept
    this.#kept = null
    kept?.()
  }

  /** Swallows all bytes both ways, and even the end, without closing. */
  deafen(): void {
    this.#isDeaf = true
    this.release()
  }

  /** Closes without a farewell. */
  cut(): void {
    this.#socket.resetAndDestroy()
    this.destroy()
  }

  override _read(): void {
    if (!this.#isHeld) this.#socket.resume()
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const write = (): void => {
      if (this.#isDeaf) done()
      else this.#socket.write(chunk, encoding, done)
    }
    if (this.#isHeld) this.#kept = write
    else write()
  }

  override _final(done: (error?: Error | null) => void): void {
    const end = (): void => {
      if (!this.#isDeaf) this.#socket.end()
      done()
    }
    if (this.#isHeld) this.#kept = end
    else end()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.#isDeaf) this.#socket.destroy()
    done(error)
  }
}
