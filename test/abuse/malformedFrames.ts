/** Intents that the good frames are about; what the console keeps at hand of them is not to be taken for a leak. */
const GOOD_INTENTS = 200

/** Before every good frame's number; no malformed frame holds it. */
const GOOD = 'good frame '

/** The good packet `n`, as text: one more word on one of a few intents. */
export function goodFrame(n: number): string {
  const intentId = `0x${(n % GOOD_INTENTS).toString(16).padStart(64, '9')}`
  const frame = { intentId, status: 'matched', updatedAt: 1_795_269_600_000 + n, solver: `${GOOD}${n}` }
  return `2["intent:status_changed",${JSON.stringify(frame)}]`
}

/** The number of the good frame that a payload is; null when it is none. */
export function goodNumberIn(payload: string): number | null {
  const at = payload.indexOf(GOOD)
  return at === -1 ? null : Number.parseInt(payload.slice(at + GOOD.length), 10)
}

const NESTED = `${'['.repeat(5_000)}${']'.repeat(5_000)}`

/** Texts of packets that no reader can make sense of, each of another kind. `n` makes two of a kind differ. */
const MALFORMED: readonly ((n: number) => string)[] = [
  // Not JSON, or cut off.
  (n) => `2["intent:new",{"intentId":"0x${n}`,
  (n) => `2["intent:new",{"intentId":"0x${n}","status":}]`,
  (n) => `2["intent:new",{"amount":NaN,"n":${n}}]`,
  (n) => `2["intent:new",{"amount":Infinity,"n":-${n}e999}x]`,
  // Not a packet of this protocol.
  (n) => `9["no such type",${n}]`,
  () => '',
  (n) => `2{"not":"a list","n":${n}}`,
  (n) => `2[{"no":"name"},${n}]`,
  (n) => `2/elsewhere,["intent:new",{"n":${n}}]`,
  (n) => `0{"sid":"forged ${n}"}`,
  (n) => `2["connect",{"sid":"forged ${n}"}]`,
  (n) => `2["disconnect",{"n":${n}}]`,
  (n) => `3${n}["an answer that nobody waits for"]`,
  (n) => `51-["intent:new",{"_placeholder":true,"num":${n}}]`,
  // JSON of a shape that a naive reader falls over.
  (n) => `2["intent:new",${NESTED},${n}]`,
  (n) => `2["intent:status",{"a":${'{"a":'.repeat(500)}${n}${'}'.repeat(500)}}]`,
  (n) => `2["intent:status",null,${n}]`,
  (n) => `2["intent:status",[${n}]]`,
  (n) => `2["intent:status","${n}"]`,
  (n) => `2["intent:status",{"intentId":{"toString":"${n}"},"status":"matched"}]`,
  (n) => `2["intent:status",{"intentId":${n},"status":"matched"}]`,
  (n) => `2["intent:status",{"intentId":"","status":"matched","n":${n}}]`,
  (n) => `2["intent:status",{"intentId":"${'f'.repeat(300)}${n}","status":"matched"}]`,
  (n) => `2["intent:status",{"__proto__":{"intentId":"polluted ${n}"},"constructor":{"prototype":{"x":1}}}]`,
  (n) => `2["intent:proof",{"proofStatus":"verified","n":${n}}]`,
  (n) => `2["mempool:stats",{"total":-1,"submitted":"many","matched":1e400,"n":"${n}"}]`,
  (n) => `2["intent:removed",{"intentId":[["${n}"]]}]`,
  (n) => `2["intent:not_found",${n}.5]`,
  (n) => `2["\\u0000${n}",{"a":"\\ud800"}]`,
]

/** Large ones are rare on any wire, and here too. */
const HUGE_EVERY = 500
const HUGE_LENGTH = 300_000

/** The malformed packet `n`. */
export function malformedFrame(n: number): string {
  if (n % HUGE_EVERY === 0) return `2["intent:new","${'x'.repeat(HUGE_LENGTH)}`
  return MALFORMED[n % MALFORMED.length]?.(n) ?? ''
}

/** Bytes below Socket.IO that end a connection: a reserved frame, text that is no UTF-8, half a frame and an end. */
export const DEADLY: readonly Uint8Array[] = [
  Buffer.from([0xff, 0x7f, 0x00, 0x13, 0x37]),
  Buffer.from([0x81, 0x03, 0xc3, 0x28, 0xff]),
  Buffer.from([0x81, 0xfe, 0xff, 0xff]),
  Buffer.from('HTTP/1.1 200 OK\r\n\r\n'),
]
