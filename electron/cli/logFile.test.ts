import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLogger } from './log.ts'
import { openLogFile } from './logFile.ts'

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'log-'))
})
afterEach(() => {
  rmSync(dataDir, { recursive: true })
})

const logOf = (name: string): string => readFileSync(join(dataDir, 'logs', name), 'utf8')

test('a log that has grown large is put aside, and only three are kept', () => {
  const file = openLogFile(dataDir, 10)
  for (const line of ['first line', 'second line', 'third line', 'fourth line', 'fifth line'])
    file.write(line)
  expect(readdirSync(join(dataDir, 'logs')).sort()).toEqual([
    'console.log',
    'console.log.1',
    'console.log.2',
    'console.log.3',
  ])
  expect(logOf('console.log')).toBe('fifth line\n')
  expect(logOf('console.log.3')).toBe('second line\n')
})

test('the size of an earlier run counts', () => {
  openLogFile(dataDir, 10).write('the first run')
  openLogFile(dataDir, 10).write('the second run')
  expect([logOf('console.log.1'), logOf('console.log')]).toEqual(['the first run\n', 'the second run\n'])
})

test('lines carry time, level and facts; less important ones are left out', () => {
  const said: string[] = []
  const clock = { nowMs: () => 0 }
  const logger = createLogger({
    level: 'warn',
    clock,
    say: (line) => said.push(line),
    file: openLogFile(dataDir),
  })
  logger.info('Left out.')
  logger.warn('Kept\u001b[2J.', { port: 1, name: 'a "b"' })
  expect(said).toEqual(['1970-01-01T00:00:00.000Z warn  Kept\\u001b[2J. port=1 name="a \\"b\\""'])
  expect(logOf('console.log')).toBe(`${said[0] ?? ''}\n`)
})

test('a file that refuses is said once, and the log goes on', () => {
  const said: string[] = []
  const full = {
    write: () => {
      throw new Error('no space left')
    },
  }
  const logger = createLogger({
    level: 'info',
    clock: { nowMs: () => 0 },
    say: (line) => said.push(line),
    file: full,
  })
  logger.info('one')
  logger.info('two')
  expect(said.filter((line) => line.includes('no space left'))).toHaveLength(1)
  expect(said.at(-1)).toContain('two')
})
