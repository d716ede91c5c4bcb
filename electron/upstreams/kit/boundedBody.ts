/** A body that went on beyond its bound; what had come was let go. */
export class BodyTooLong extends Error {
  constructor(mostBytes: number) {
    super(`The answer is longer than ${mostBytes / 2 ** 20} MiB.`)
    this.name = 'BodyTooLong'
  }
}

/** Reads a body as text, unpacked, and gives it up with `BodyTooLong` beyond a bound; never holds more than that. */
export async function boundedText(response: Response, mostBytes: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    // Leaving the loop early cancels the body, and with it the connection.
    if (size > mostBytes) throw new BodyTooLong(mostBytes)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
