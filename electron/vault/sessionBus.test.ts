import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sessionBus } from './sessionBus.ts'

const CALL = { destination: 'a.b', path: '/a', method: 'a.b.C', args: [] }

/** A program that takes its time, on a machine that does other things too. */
const LIMIT = { timeout: 60_000 }

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bus-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** Asks by way of a `gdbus` that does this. */
function askedOf(script: string): Promise<string> {
  const tool = join(folder, 'gdbus')
  writeFileSync(tool, `#!/bin/sh\n${script}\n`)
  chmodSync(tool, 0o755)
  return sessionBus({ PATH: `${folder}:${process.env['PATH'] ?? ''}` }, new AbortController().signal)(CALL)
}

describe.skipIf(process.platform === 'win32')('the tool that asks the bus', LIMIT, () => {
  test('may take the seconds that it needs to start on a busy machine', async () => {
    expect(await askedOf('sleep 3; echo "(<false>,)"')).toBe('(<false>,)')
  })

  test('is given up when it never answers', async () => {
    await expect(askedOf('exec sleep 600')).rejects.toMatchObject({ kind: 'silence' })
  })
})
