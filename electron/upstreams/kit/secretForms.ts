/** Shortest secret whose encodings are looked for, bytes: those of a shorter one stand in innocent words. */
const LEAST_ENCODED = 8

/** Shortest secret that is looked for as numbers, or broken by white space: less could be an amount, a time or two words. */
const LEAST_BROKEN = 16

/** Longest secret that is looked for with any of its characters escaped: the pattern grows a hundredfold, and tokens are shorter. */
const MOST_SPELLED = 1_024

/** What breaks a long word apart: white space, as it stands or escaped, and the zero bytes of UTF-16. Bounded, so that no text is slow. */
const BREAK = String.raw`(?:[\s\0]|\\{1,3}(?:[nrt]|u0000)|%(?:20|0[09ad])){0,3}`

/**
 * Finds a secret in every form in which a system may give it back: as it stands in any case, with any character escaped for JSON or a
 * URL, broken by white space, in hex, in both alphabets of base64 wherever it begins, as one number and as a list of bytes.
 */
export function everyFormOf(secret: string): RegExp {
  const bare = secret.replace(/^0x/i, '')
  const isHex = /^[0-9a-f]+$/i.test(bare)
  const texts = isHex ? [bare.toLowerCase(), bare.toUpperCase()] : [secret]
  const ofText = texts.map((text) => Buffer.from(text, 'utf8'))
  const raw = isHex && bare.length % 2 === 0 ? [Buffer.from(bare, 'hex')] : []
  const encoded = [...ofText, ...raw].filter(({ length }) => length >= LEAST_ENCODED)
  const isLong = ({ length }: Buffer): boolean => length >= LEAST_BROKEN
  const forms = [
    spelled(isHex ? bare : secret),
    ...encoded.map((bytes) => bytes.toString('hex')),
    ...encoded.flatMap(inBase64),
    ...encoded.filter(isLong).map(listed),
    ...raw.filter(isLong).map((bytes) => String(BigInt(`0x${bytes.toString('hex')}`))),
  ]
  return new RegExp(`(?:0x)?(?:${forms.join('|')})`, 'gi')
}

/** The text with each character as it stands or escaped, and a long one with breaks in it. */
function spelled(text: string): string {
  if (text.length > MOST_SPELLED) return `${literal(text)}|${literal(JSON.stringify(text).slice(1, -1))}`
  if (text.length < LEAST_BROKEN) return Array.from(text, anyWriting).join('')
  return Array.from(text.replaceAll(/\s/g, ''), anyWriting).join(BREAK)
}

/** One character as it stands, as JSON escapes it – in a string within a string too – and as a URL does. */
function anyWriting(character: string): string {
  const inJson = Array.from(
    { length: character.length },
    (_, at) => String.raw`\\{1,3}u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  )
  const inUrl = Buffer.from(character, 'utf8').toString('hex').replaceAll(/../g, '%$&')
  const short = character === '/' ? '/' : /^\\(.)$/.exec(JSON.stringify(character).slice(1, -1))?.[1]
  const writings = [literal(character), inJson.join(''), inUrl]
  return `(?:${[...writings, ...(short === undefined ? [] : [String.raw`\\{1,3}${literal(short)}`])].join('|')})`
}

/** The letters of base64 that only these bytes decide, for each place in a group of three at which they may begin. */
function inBase64(bytes: Buffer): string[] {
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    const whole = Math.floor(((shift + bytes.length) * 8) / 6)
    return text
      .slice(Math.ceil((shift * 8) / 6), whole)
      .replaceAll(/[+/]/g, (mark) => (mark === '+' ? `(?:-|${anyWriting('+')})` : `(?:_|${anyWriting('/')})`))
  })
}

/** Bytes as a list of numbers, as JSON writes a buffer. */
function listed(bytes: Buffer): string {
  return String.raw`\b${[...bytes].join(String.raw`,\s{0,3}`)}\b`
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`)
}
