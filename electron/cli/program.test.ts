import { expect, test } from 'vitest'
import { runCommandLine } from './program.ts'

/** Runs a command line that must end before it touches anything. */
async function run(...args: string[]) {
  const printed: string[] = []
  const said: string[] = []
  const nowhere = '/nowhere/intent-console'
  const code = await runCommandLine(args, {
    build: {
      version: '1.2.3',
      root: nowhere,
      workerUrl: new URL(`file://${nowhere}`),
      keychainUrl: new URL(`file://${nowhere}`),
      assetsDir: nowhere,
    },
    clock: { nowMs: () => 0, after: () => () => undefined, sleep: () => Promise.resolve() },
    env: {},
    print: (line) => printed.push(line),
    say: (sentence) => said.push(sentence),
  })
  return { code, printed, said }
}

test.each([
  ['an unknown command', ['nonsense']],
  ['an unknown option', ['find', '--nonsense']],
  ['a port out of range', ['serve', '--port', '70000']],
  ['a port in letters', ['serve', '--port', '0x50']],
  ['a rate of nothing', ['serve', '--demo', '--rate', '0']],
  ['a seed below zero', ['serve', '--demo', '--seed', '-1']],
  ['a host that does not exist', ['serve', '--host', 'paper']],
  ['a log level that does not exist', ['serve', '--log-level', 'loud']],
  ['a limit of nothing', ['find', '--limit', '0']],
  ['a sequence number that is none', ['tail', '--from', 'x']],
  ['no id', ['show']],
  ['the demo and a profile', ['serve', '--demo', '--profile', 'p.json']],
  ['a profile that is not there', ['serve', '--no-open', '--profile', '/nowhere/p.json']],
])('%s is usage, exit code 2, one sentence', async (_, args) => {
  const { code, printed, said } = await run(...args)
  expect([code, printed, said.length]).toEqual([2, [], 1])
})

test('with --json a wrong command line is JSON on stdout too', async () => {
  const { code, printed } = await run('find', '--json', '--nonsense')
  expect([code, printed.map((line) => JSON.parse(line) as unknown)]).toMatchObject([2, [{ code: 'usage' }]])
})

const PASTED = 'c0de'.repeat(16)

test.each([
  ['a command', [PASTED, '--json']],
  ['an option', ['find', `--${PASTED}`, '--json']],
  ['an operand', ['show', 'x', PASTED, '--json']],
  ['a command of act', ['act', PASTED, '--input', '{}', '--json']],
  ['a file of input', ['act', 'addNote', '--input', `@${PASTED}`, '--json']],
  ['an input', ['act', 'addNote', '--input', `x${PASTED}`, '--json']],
  ['a profile', ['serve', '--no-open', '--profile', PASTED]],
])('a secret that was pasted in the place of %s is not repeated', async (_, args) => {
  const { code, printed, said } = await run(...args)
  expect([code, said.length]).toEqual([2, 1])
  expect([...printed, ...said].join()).not.toContain(PASTED.slice(0, 12))
})

test.each(['export', 'open', 'import'])('%s says that it is not there yet', async (name) => {
  const { code, printed, said } = await run(name, 'x', '--out', 'file', '--json')
  expect([code, printed.map((line) => JSON.parse(line) as unknown)]).toMatchObject([1, [{ code: 'closed' }]])
  expect(said).toEqual([expect.stringContaining(`\`${name}\``)])
})

test('help and version are results, exit code 0', async () => {
  expect(await run('--version')).toEqual({ code: 0, printed: ['1.2.3'], said: [] })
  const help = await run('serve', '--help')
  expect([help.code, help.said]).toEqual([0, []])
  const options = [
    '--demo',
    '--seed',
    '--rate',
    '--profile',
    '--data',
    '--host',
    '--port',
    '--no-open',
    '--read-only',
  ]
  for (const option of [...options, '--allow-actions', '--log-level'])
    expect(help.printed.join()).toContain(option)
})

test('no command at all shows the help as usage', async () => {
  const { code, printed, said } = await run()
  expect([code, printed]).toEqual([2, []])
  expect(said.join()).toContain('serve')
})
