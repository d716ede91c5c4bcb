import { homedir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chosenDataDir, createDataDir, defaultDataDir } from './dataDir.ts'

test.each([
  ['linux', {}, join(homedir(), '.local', 'share', 'intent-console')],
  ['linux', { XDG_DATA_HOME: '' }, join(homedir(), '.local', 'share', 'intent-console')],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data/intent-console'],
  ['darwin', {}, join(homedir(), 'Library', 'Application Support', 'intent-console')],
  ['win32', { APPDATA: '/roaming' }, '/roaming/intent-console'],
] as const)('the folder on %s with %j', (platform, env, folder) => {
  expect(defaultDataDir(env, platform)).toBe(folder)
})

test('a chosen folder is made absolute', () => {
  expect(chosenDataDir('somewhere', {})).toBe(join(process.cwd(), 'somewhere'))
})

test('a folder that cannot be made is a failure that says what to do', () => {
  expect(() => {
    createDataDir('/dev/null/data')
  }).toThrow(
    expect.objectContaining({ code: 'disk', tip: expect.stringContaining('--data') as string }) as Error,
  )
})
