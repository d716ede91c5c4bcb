import { withTinyCommands } from '../tinyRefund.ts'

withTinyCommands()

/** The command line as it is, but that Fusion has the made-up commands. */
await import('../hosts/commandLineRoot.ts')
