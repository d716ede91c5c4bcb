import { createInterface } from 'node:readline'
import { Command, InvalidArgumentError } from 'commander'
import { startSandbox, type Sandbox } from './index.ts'
import type { Faults } from './kit/faults.ts'

const command = new Command('sandbox')
  .description('The other end of the systems, with an invented story: for the demo, for tests, for training.')
  .option('--seed <n>', 'the same seed tells the same story', wholeNumber, 1)
  .option('--port <n>', 'port of the Fusion backend on 127.0.0.1; 0 takes any free one', wholeNumber, 0)
  .option('--rate <x>', 'how many times faster than real time', positiveNumber, 1)
  .addHelpText('after', '\nWhile it runs, type a fault and Enter: "help" lists them.')

await command.parseAsync()
const { seed, port, rate } = command.opts<{ seed: number; port: number; rate: number }>()

try {
  run(await startSandbox({ seed, rate, ports: { fusion: port } }))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

function run({ connections, faults, close }: Sandbox): void {
  const profile = { name: 'sandbox', environment: 'sandbox', connections }
  process.stdout.write(`ready ${connections[0]?.url ?? ''} ${JSON.stringify(profile)}\n`)

  // The end of the input is not the end of the sandbox: started in the background it has none.
  const lines = createInterface({ input: process.stdin })
  lines.on('line', (line) => {
    if (line.trim() !== '') process.stderr.write(`${obey(line.trim(), faults.fusion)}\n`)
  })

  const stop = (): void => {
    lines.close()
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`)
        process.exit(1)
      },
    )
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

function obey(line: string, faults: Faults): string {
  if (line === 'help') return help(faults)
  try {
    return faults.apply(line)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function help({ verbs }: Faults): string {
  const lines = Object.entries(verbs).map(([name, { does, unit, usual }]) => {
    return `  ${`${name} [${unit}]`.padEnd(22)}${does} Without a number: ${usual}.`
  })
  return [...lines, `  ${'calm'.padEnd(22)}Ends all that runs.`].join('\n')
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number is wanted.')
  return Number(text)
}

function positiveNumber(text: string): number {
  const number = Number(text)
  if (!(number > 0 && Number.isFinite(number))) throw new InvalidArgumentError('A number above 0 is wanted.')
  return number
}
