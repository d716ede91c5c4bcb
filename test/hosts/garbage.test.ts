import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/** Runs the host of `garbageHost.ts` to its end: whatever is thrown or rejected there and caught by nobody ends it. */
function runHost(how: 'careful' | 'careless'): Promise<{ code: number; stdout: string; stderr: string }> {
  const file = fileURLToPath(new URL('./garbageHost.ts', import.meta.url))
  return new Promise((resolve) => {
    execFile(process.execPath, [file, how], (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr })
    })
  })
}

test('no message whatever makes a listener throw or leaves a rejection unhandled', async () => {
  const { code, stdout, stderr } = await runHost('careful')
  expect([code, stdout, stderr]).toEqual([0, '{"i":"1","p":{"b":{"json":2}}}\n', ''])
})

test('the same messages end a process that gives them to the handler unread', async () => {
  const { code, stderr } = await runHost('careless')
  expect(code).toBe(1)
  expect(stderr).toContain('SyntaxError')
})
