import type { Sandbox } from '../electron/sandbox/index.ts'

/** Asks the REST API of a sandbox's only system with its key; with a body it posts. */
export async function askSandbox(
  { connections, credentials }: Sandbox,
  path: string,
  body?: object,
): Promise<{ status: number; text: string }> {
  const response = await fetch((connections[0]?.restUrl ?? '') + path, {
    headers: { authorization: `Bearer ${Object.values(credentials)[0] ?? ''}` },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
  return { status: response.status, text: await response.text() }
}
