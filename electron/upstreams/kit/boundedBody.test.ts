import { expect, it } from 'vitest'
import { BodyTooLong, boundedText } from './boundedBody.ts'

function bodyOf(chunks: (string | Uint8Array)[]): { response: Response; isCancelled: () => boolean } {
  let isCancelled = false
  const encoder = new TextEncoder()
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const chunk = chunks.shift()
      if (chunk === undefined) controller.close()
      else controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk)
    },
    cancel: () => {
      isCancelled = true
    },
  })
  return { response: new Response(stream), isCancelled: () => isCancelled }
}

it('reads a body up to its bound, letters cut between two chunks included', async () => {
  const bytes = new TextEncoder().encode('äöü')
  const { response } = bodyOf([bytes.slice(0, 3), bytes.slice(3)])
  expect(await boundedText(response, 6)).toBe('äöü')
})

it('gives a longer one up and lets its connection go', async () => {
  const { response, isCancelled } = bodyOf(['1234', '5678', '9'])
  await expect(boundedText(response, 7)).rejects.toThrow(BodyTooLong)
  expect(isCancelled()).toBe(true)
})

it('reads nothing as nothing', async () => {
  expect(await boundedText(new Response(null), 1)).toBe('')
})
