import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A planted secret, and every form in which it is looked for. */
export interface Canary {
  value: string
  needles: { form: string; bytes: Buffer }[]
}

/** Makes a secret that nothing else contains, with characters that URLs and JSON write differently. */
export function makeCanary(prefix = 'canary'): Canary {
  return canaryOf(`${prefix}/+="${randomBytes(16).toString('hex')}`)
}

/** Everything that a given secret could look like on a disk, in a frame or in memory. */
export function canaryOf(value: string): Canary {
  const utf8 = Buffer.from(value, 'utf8')
  const forms: Record<string, string | Buffer> = {
    utf8,
    utf16le: Buffer.from(value, 'utf16le'),
    utf16be: Buffer.from(value, 'utf16le').swap16(),
    hex: utf8.toString('hex'),
    'upper hex': utf8.toString('hex').toUpperCase(),
    json: JSON.stringify(value).slice(1, -1),
    url: encodeURIComponent(value),
    'url, every byte': utf8.toString('hex').replaceAll(/../g, '%$&'),
    'url, every byte, upper': utf8.toString('hex').toUpperCase().replaceAll(/../g, '%$&'),
  }
  for (const shift of [0, 1, 2]) {
    forms[`base64 at ${shift}`] = inBase64(utf8, shift)
    forms[`base64url at ${shift}`] = inBase64(utf8, shift).replaceAll('+', '-').replaceAll('/', '_')
  }
  // Of a plain value several forms are the same.
  const different = new Map(
    Object.entries(forms)
      .reverse()
      .map(([form, bytes]) => [Buffer.from(bytes).toString('latin1'), { form, bytes: Buffer.from(bytes) }]),
  )
  return { value, needles: [...different.values()] }
}

/** The letters of base64 that only this text decides, when `shift` bytes of its group of three stand before it. */
function inBase64(bytes: Buffer, shift: number): string {
  const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
  const whole = Math.floor(((shift + bytes.length) * 8) / 6)
  return text.slice(Math.ceil((shift * 8) / 6), whole)
}

/** The forms of the canaries that stand in some bytes. */
export function formsIn(bytes: Buffer, canaries: readonly Canary[]): string[] {
  return canaries.flatMap(({ value, needles }) =>
    needles
      .filter((needle) => bytes.includes(needle.bytes))
      .map(({ form }) => `${value.slice(0, 6)}… as ${form}`),
  )
}

/** Every file below some folders that holds a canary, with the form in which it does; names of files count too. */
export function filesWith(folders: readonly string[], canaries: readonly Canary[]): string[] {
  return folders
    .flatMap((folder) => filesBelow(folder))
    .flatMap((file) =>
      formsIn(Buffer.concat([Buffer.from(file), readFileSync(file)]), canaries).map(
        (found) => `${file}: ${found}`,
      ),
    )
}

/** Every regular file below a folder. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
}
