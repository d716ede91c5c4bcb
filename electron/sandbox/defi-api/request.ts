import { isLosslessNumber, parse, stringify } from 'lossless-json'
import { problem } from './answers.ts'
import { NETWORKS, type Network, type Token } from './networks.ts'
import type { Answer } from '../kit/answer.ts'

/** A JSON object of a request; numbers keep their digits. */
export type Fields = Record<string, unknown>

/** What is wrong with a request, as the answer that says so. */
export class Refusal extends Error {
  readonly answer: Answer

  constructor(status: number, type: string, message: string) {
    super(message)
    this.answer = problem(status, type, message)
  }
}

/** The object that a body is; fails with a `Refusal`. */
export function fieldsOf(body: string): Fields {
  try {
    const value = parse(body)
    if (isObject(value)) return value
  } catch {
    // Said below, as for any other text that is no object.
  }
  throw new Refusal(422, 'validation_error', 'body: expected a JSON object')
}

/** An object within a body. */
export function objectAt(fields: Fields, name: string): Fields {
  const value = fields[name]
  if (isObject(value)) return value
  throw new Refusal(422, 'validation_error', `${name}: required`)
}

/** A text within a body. */
export function textAt(fields: Fields, name: string): string {
  const value = fields[name]
  if (typeof value === 'string' && value !== '') return value
  throw new Refusal(422, 'validation_error', `${name}: required`)
}

/** Digits of a number [S] or a decimal text [G3]; whatever is the other's is refused. */
export function amountAt(fields: Fields, name: string, isNested: boolean): string {
  const value = fields[name]
  const text = isNested ? value : isLosslessNumber(value) ? value.value : undefined
  if (typeof text === 'string' && /^\d+(?:\.\d+)?$/.test(text) && Number(text) > 0) return text
  throw new Refusal(422, 'validation_error', `${name}: expected ${isNested ? 'a decimal text' : 'a number'}`)
}

/** The token that one end of a request names, by whatever its generation calls it. */
export function tokenAt(
  end: Fields,
  side: 'from' | 'to',
  isNested: boolean,
): { network: Network; token: Token } {
  const id = end['token_id']
  const network = digits(isNested ? end['network_id'] : (end[`${side}_network_id`] ?? end['network_id']))
  const address = isNested ? end['contract_address'] : (end[`${side}_token`] ?? end['token'])
  for (const one of NETWORKS) {
    const token = one.tokens.find((candidate) =>
      id === undefined
        ? String(one.id) === network && candidate.address.toLowerCase() === String(address).toLowerCase()
        : candidate.id === id,
    )
    if (token !== undefined) return { network: one, token }
  }
  throw new Refusal(422, 'invalid_token', `${side}: no such token`)
}

/** The text that [G3] has signed: the same JSON with sorted keys and no spaces. */
export function normalisedBody(body: string): string {
  return body === '' ? '' : (stringify(sorted(parse(body))) ?? '')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  const names = Object.keys(value).sort()
  return Object.fromEntries(names.map((name) => [name, sorted(value[name])]))
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value)
}

function digits(value: unknown): string {
  return isLosslessNumber(value) ? value.value : String(value)
}
