import { existsSync } from 'node:fs'
import { dirname } from 'node:path'

/** Longest name that is repeated whole, characters: names that people give are shorter. */
const LONGEST_NAME = 40

/** A key or a token as one word: that many letters of hex or base64 hold 16 bytes or more. */
const ONE_WORD = /^[\w+/=.-]{32,}$/

/** Characters that are shown of what may be a secret: enough to know it again, too few to be of use. */
const SHOWN = 4

/** A name that nobody knows, as a sentence may repeat it: what may be a secret in the wrong place is cut, and its length told. */
export function shortened(name: string): string {
  const isTold = name.length <= LONGEST_NAME && !ONE_WORD.test(name)
  return isTold ? name : `${name.slice(0, SHOWN)}… (${name.length} characters)`
}

/** A sentence of somebody else, in which words that may be a secret are cut. */
export function shortenedWords(sentence: string): string {
  return sentence.replaceAll(/[\w+/=.-]{32,}/g, shortened)
}

/** The name of a file that cannot be used: whole where its folder is there, but for parts that may be a secret. */
export function shortenedPath(file: string): string {
  const folder = dirname(file)
  if (folder === '.' || !existsSync(folder)) return shortened(file)
  return file.split('/').map(shortened).join('/')
}

/** What the operating system says against a file, without its name, which the sentence around it tells. */
export function troubleWithFile(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error)
  return said.replace(/, \w+ '.*'$/s, '')
}
