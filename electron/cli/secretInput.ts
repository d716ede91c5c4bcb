import { StringDecoder } from 'node:string_decoder'
import { LONGEST_CREDENTIAL } from '../../shared/api/credential.ts'
import { Failure } from '../../shared/api/failure.ts'

/** Where a secret is read from: a terminal, or what was piped in. */
export interface SecretInput extends NodeJS.ReadableStream {
  isTTY?: boolean
  setRawMode?: (isRaw: boolean) => unknown
}

const END_OF_INPUT = '\u0004'
const INTERRUPT = '\u0003'
const ERASE = ['\u007f', '\b']

/**
 * Reads one secret: from a terminal a line that is not shown, else everything up to the end, without the line break that
 * ends it. Fails with `cancelled` on Ctrl-C and with `usage` for more than a credential can be.
 */
export async function readSecret(input: SecretInput, say: (sentence: string) => void): Promise<string> {
  if (input.isTTY !== true) return withoutLastBreak(await readAll(input))
  say('Type or paste the credential and press Enter; it is not shown.')
  input.setRawMode?.(true)
  try {
    return await readHiddenLine(input)
  } finally {
    input.setRawMode?.(false)
    input.pause()
  }
}

async function readAll(input: SecretInput): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of input) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    length += bytes.length
    // A character has at most four bytes; a file given by mistake is not read to its end.
    if (length > 4 * LONGEST_CREDENTIAL) throw tooLong()
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Listens from the first key to the last without a pause, in which a pasted piece would be lost. */
function readHiddenLine(input: SecretInput): Promise<string> {
  const decoder = new StringDecoder('utf8')
  const typed: string[] = []
  return new Promise((resolve, reject) => {
    function onKeys(chunk: Buffer | string): void {
      for (const key of typeof chunk === 'string' ? chunk : decoder.write(chunk)) {
        if (key === '\r' || key === '\n' || key === END_OF_INPUT) {
          end(null)
          return
        }
        if (key === INTERRUPT) {
          onHangup()
          return
        }
        if (ERASE.includes(key)) typed.pop()
        else typed.push(key)
        if (typed.length > LONGEST_CREDENTIAL) {
          end(tooLong())
          return
        }
      }
    }
    function onHangup(): void {
      end(new Failure('cancelled', 'Nothing was set.'))
    }
    function end(failure: Failure | null): void {
      input.off('data', onKeys).off('end', onHangup)
      if (failure === null) resolve(typed.join(''))
      else reject(failure)
    }
    input.on('data', onKeys).on('end', onHangup)
  })
}

function withoutLastBreak(text: string): string {
  return text.replace(/\r?\n$/, '')
}

function tooLong(): Failure {
  return new Failure('usage', `A credential has at most ${String(LONGEST_CREDENTIAL)} characters.`)
}
