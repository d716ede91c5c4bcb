import { numberText } from '../kit/exactJson.ts'

/** A detail in base units, exact, under its label; nothing where nothing was said. */
export function amountText(label: string, value: unknown): Record<string, string> {
  const text = typeof value === 'string' ? value : numberText(value)
  return text === null ? {} : { [label]: text }
}
