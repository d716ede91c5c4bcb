import { wholeJsonIn } from './jsonField.ts'
import { isJsonObject } from './shape.ts'

/**
 * Puts the fields of an object that stands under one name beside the others. On the command line the fields of a system's
 * contract stand beside each other; a form gives what was signed whole, in one file.
 */
export function unfolded(name: string): (value: unknown) => unknown {
  return (value) => {
    if (!isJsonObject(value) || !Object.hasOwn(value, name)) return value
    const { [name]: folded, ...rest } = value
    const read = wholeJsonIn(folded)
    return isJsonObject(read) ? { ...read, ...rest } : value
  }
}
