import { createInterface } from 'node:readline'
import { Command, InvalidArgumentError } from 'commander'
import { SANDBOX_SYSTEMS, startSandbox, type Sandbox, type SandboxSystemName } from './index.ts'

/** The system that a fault is for when none is named. */
const FIRST: SandboxSystemName = 'fusion'

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

function run({ connections, credentials, faults, close }: Sandbox): void {
  const profile = { name: 'sandbox', environment: 'sandbox', connections }
  process.stdout.write(`ready ${connections[0]?.url ?? ''} ${JSON.stringify(profile)}\n`)
  for (const [name, value] of Object.entries(credentials)) process.stderr.write(`export ${name}='${value}'\n`)

  // The end of the input is not the end of the sandbox: started in the background it has none.
  const lines = createInterface({ input: process.stdin })
  lines.on('line', (line) => {
    if (line.trim() !== '') process.stderr.write(`${obey(line.trim(), faults)}\n`)
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

/** A line is a fault for the first system, or the name of a system and a fault for that one. */
function obey(line: string, faults: Sandbox['faults']): string {
  if (line === 'help') return help(faults)
  const [first = '', ...rest] = line.split(/\s+/)
  const named = SANDBOX_SYSTEMS.find((name) => name === first)
  try {
    return named === undefined ? faults[FIRST].apply(line) : faults[named].apply(rest.join(' '))
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function help(faults: Sandbox['faults']): string {
  const lines = Object.entries(faults).flatMap(([name, { verbs }]) => [
    `${name}:`,
    ...Object.entries(verbs).map(([verb, { does, unit, usual }]) => {
      return `  ${`${verb} [${unit}]`.padEnd(22)}${does} Without a number: ${usual}.`
    }),
  ])
  const first = `Put the name of a system first ("${SANDBOX_SYSTEMS.at(-1) ?? FIRST} calm"); without one it is ${FIRST}.`
  return [...lines, `  ${'calm'.padEnd(22)}Ends all that runs.`, first].join('\n')
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
