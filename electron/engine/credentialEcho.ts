import { everyFormOf } from '../upstreams/kit/secretForms.ts'

/** Shortest credential that is looked for, characters: a shorter one would be found inside innocent words. */
const SHORTEST = 8

/** What stands in place of a credential. */
const REPLACEMENT = 'redacted:credential'

/** Takes a connection's own credential out of what its system says: some repeat the key that they refuse. */
export class CredentialEcho {
  /** The last two read: while one is replaced by the next, the system may still repeat the one before. */
  #held: { value: string; everyForm: RegExp }[] = []

  /** The same reader, whose answers are remembered here. */
  remembering(read: () => Promise<string | null>): () => Promise<string | null> {
    return async () => {
      const value = await read()
      if (value !== null && value.length >= SHORTEST && !this.#held.some((one) => one.value === value)) {
        this.#held = [{ value, everyForm: everyFormOf(value) }, ...this.#held].slice(0, 2)
      }
      return value
    }
  }

  /** The text without the credential, in whatever form it stands there. */
  clean(text: string): string {
    return this.#held.reduce((rest, { everyForm }) => rest.replace(everyForm, REPLACEMENT), text)
  }
}
