import { LosslessNumber } from 'lossless-json'
import { z } from 'zod'

// What single values on a wire look like, whoever says them. The error of each completes “Expected …, found …”.

/** Most digits of a whole number that is read as one: all of them are exact. */
const MOST_DIGITS = 15

/** A number that JavaScript would round. */
export const exactNumber = z.instanceof(LosslessNumber)

export const text = z.string({ error: 'a text' })

export const flag = z.boolean({ error: 'true or false' })

export const anyValue = z.unknown().optional()

/** A text in ISO 8601, or an epoch number in seconds or milliseconds by its size. */
export const instant = z.union([z.string().max(64), z.number(), exactNumber], { error: 'a time' })

/** A word, an id or a hash: some characters, and at most so many. */
export function boundedText(longest: number): z.ZodString {
  return text.min(1, 'a text that is not empty').max(longest, `at most ${longest} characters`)
}

/** A whole number that is not negative; digits in a text too. `what` is said where it is none. */
export function wholeNumber(what: string): z.ZodUnion<[z.ZodNumber, z.ZodString]> {
  const digits = new RegExp(`^\\d{1,${MOST_DIGITS}}$`)
  return z.union([z.number().int().min(0), z.string().regex(digits)], { error: what })
}

/** Base units as decimal digits, or as a JSON number. `what` is said where they are none. */
export function baseUnits(
  mostDigits: number,
  what = 'an amount in decimal digits',
): z.ZodUnion<[z.ZodString, z.ZodNumber, z.ZodCustom<LosslessNumber, LosslessNumber>]> {
  const digits = new RegExp(`^\\d{1,${mostDigits}}$`)
  const exact = exactNumber.refine(({ value }) => digits.test(value))
  return z.union([z.string().regex(digits), z.number().int().min(0), exact], { error: what })
}
