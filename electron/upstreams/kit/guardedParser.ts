import { Decoder, Encoder, isPacketValid, PacketType, type Packet } from 'socket.io-parser'
import { damageOf, endOfString, type Damage } from './guard.ts'

/** One event as framed: the text of its argument verbatim, and the same parsed for a quick look. */
export interface Heard {
  /** JSON text of the one argument, or of the list of arguments when there is not exactly one. */
  text: string
  /** The argument (or list) as plain `JSON.parse` reads it: good for ids and words, not for amounts. */
  value: unknown
}

/** Who is told about what cannot be framed. */
export interface ParserOptions {
  /** The namespace that was joined; an event for another one is damage. */
  namespace: string
  onDamage: (text: string, damage: Damage) => void
}

// First characters of a packet's text (socket.io-protocol 5).
const CONNECT = '0'
const EVENT = '2'
const BINARY_EVENT = '5'
const BINARY_ACK = '6'

/** A packet's head: type, attachments of a binary one, namespace, acknowledgement id. */
const HEAD = /^([0-6])(?:(\d+)-)?(?:(\/[^,]{0,500}),?)?(\d{1,15})?/

/**
 * A parser for Socket.IO that judges every text before it parses it, reports what cannot be read instead of closing
 * the connection, and hands on each event with its argument's text as it came (`Heard`).
 */
export function guardedParser(options: ParserOptions): { Encoder: typeof Encoder; Decoder: typeof Decoder } {
  class GuardedDecoder extends Decoder {
    /** Binary attachments of a reported event that are still to come. */
    #toSkip = 0
    /** Whether the server offers recovery, and so ends every event with an offset for it. */
    #hasOffsets = false

    override add(packet: unknown): void {
      if (typeof packet !== 'string') this.#skipBinary(packet)
      else {
        try {
          this.#addText(packet)
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error)
          options.onDamage(packet, { path: '$', reason: `Not a Socket.IO packet: ${reason.slice(0, 200)}.` })
        }
      }
    }

    override destroy(): void {
      this.#toSkip = 0
      super.destroy()
    }

    #addText(text: string): void {
      const damage = damageOf(text)
      if (damage !== null) {
        options.onDamage(text, damage)
        return
      }
      const type = text.charAt(0)
      // An empty text would count as a second connect.
      if (!/[0-6]/.test(type)) throw new Error('unknown packet type')
      if (type === EVENT) this.#addEvent(text)
      else if (type === BINARY_EVENT || type === BINARY_ACK) {
        this.#toSkip = Number(HEAD.exec(text)?.[2] ?? 0)
        options.onDamage(text, { path: '$', reason: 'A binary event; the contract has only JSON.' })
      } else {
        super.add(text)
        if (type === CONNECT) this.#hasOffsets = /"pid"\s*:/.test(text)
      }
    }

    #addEvent(text: string): void {
      const head = HEAD.exec(text)
      const namespace = head?.[3] ?? '/'
      if (namespace !== options.namespace)
        throw new Error(`for the namespace ${namespace}, which was not joined`)
      const { name, heard, offset } = readEvent(text.slice(head?.[0].length ?? 1), this.#hasOffsets)
      const data = offset === null ? [name, heard] : [name, heard, offset]
      const packet: Packet = { type: PacketType.EVENT, nsp: namespace, data }
      // The library's own event names (`connect`, …) would reach its listeners as if it had spoken.
      if (!isPacketValid(packet)) throw new Error(`the event name ${name} is reserved`)
      this.emitReserved('decoded', packet)
    }

    #skipBinary(packet: unknown): void {
      this.#toSkip -= 1
      if (this.#toSkip >= 0) return
      this.#toSkip = 0
      const text = packet instanceof Uint8Array ? Buffer.from(packet).toString('base64') : String(packet)
      options.onDamage(text, { path: '$', reason: 'Binary data that no event announced (here in base64).' })
    }
  }
  return { Encoder, Decoder: GuardedDecoder }
}

function readEvent(json: string, hasOffsets: boolean): { name: string; heard: Heard; offset: string | null } {
  const list: unknown = JSON.parse(json)
  const name: unknown = Array.isArray(list) ? list[0] : null
  if (!Array.isArray(list) || (typeof name !== 'string' && typeof name !== 'number')) {
    throw new Error('an event is a list that begins with its name')
  }
  let args: unknown[] = list.slice(1)
  let text = args.length === 0 ? '' : json.slice(behindName(json), json.lastIndexOf(']')).trim()
  const last = args.at(-1)
  if (!hasOffsets || args.length < 2 || typeof last !== 'string')
    return { name: String(name), heard: heardOf(text, args), offset: null }
  args = args.slice(0, -1)
  text = text.slice(0, text.lastIndexOf(','))
  return { name: String(name), heard: heardOf(text, args), offset: last }
}

function heardOf(text: string, args: unknown[]): Heard {
  return args.length === 1 ? { text, value: args[0] } : { text: `[${text}]`, value: args }
}

/** Index behind the comma that follows the first item of a JSON list. */
function behindName(json: string): number {
  const at = json.search(/[^[\s]/)
  const end = json[at] === '"' ? endOfString(json, at) : at
  return json.indexOf(',', end) + 1
}
