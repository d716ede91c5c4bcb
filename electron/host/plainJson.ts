/** A value that oRPC passes on as it stands, since it looks only into plain objects and lists. */
class AsItStands {
  readonly #value: unknown

  constructor(value: unknown) {
    this.#value = value
  }

  toJSON(): unknown {
    return this.#value
  }
}

/** Any number that oRPC does not use for a type of its own; readers pass over types that they do not know. */
const AS_IT_STANDS = 100

/**
 * Lets what JSON can say by itself go out as it stands. Otherwise oRPC copies every answer field by field in search of
 * dates and the like: 0.65 ms for a page of 100 rows instead of 0.14.
 */
export const plainJson: {
  type: number
  condition: (value: unknown) => boolean
  serialize: (value: unknown) => AsItStands
  deserialize: (value: unknown) => unknown
} = {
  type: AS_IT_STANDS,
  condition: (value) => typeof value === 'object' && value !== null && isPlainJson(value),
  serialize: (value) => new AsItStands(value),
  deserialize: (value) => value,
}

/** Whether reading the JSON text of a value gives the value again. */
export function isPlainJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0)
  if (Array.isArray(value)) return value.every(isPlainJson)
  return typeof value === 'object' && isPlainObject(value)
}

function isPlainObject(value: object): boolean {
  if (Object.getPrototypeOf(value) !== Object.prototype) return false
  for (const name in value) {
    if (name === 'toJSON' || !isPlainJson((value as Record<string, unknown>)[name])) return false
  }
  return true
}
