import { Option, type Command } from 'commander'
import type { CredentialKeeping, CredentialStatus } from '../../shared/api/credential.ts'
import { dataOption, jsonOption, profileOption } from './options.ts'
import type { Surroundings } from './surroundings.ts'
import { alignColumns } from './table.ts'

/** Options of the `credential` commands, as commander reads them. */
export interface CredentialOptions {
  data?: string
  profile?: string
  json?: true
  accept?: 'unencrypted'
}

/** Adds `credential set|clear|status`: what is in the keychain for a connection. No command ever prints a value. */
export function addCredential(program: Command, surroundings: Surroundings): void {
  const credential = program
    .command('credential')
    .description('credentials of the connections in the keychain')
  subcommand(credential, 'set <connection>', 'keep a credential; its value comes from stdin or is asked for')
    .addOption(new Option('--accept <place>', 'use it although it is weak').choices(['unencrypted']))
    .action(async (connection: string, options: CredentialOptions) => {
      const { setCredential } = await import('./credentials.ts')
      tell([await setCredential(connection, options, surroundings)], options)
    })
  subcommand(credential, 'clear <connection>', 'forget a credential').action(
    async (connection: string, options: CredentialOptions) => {
      const { clearCredential } = await import('./credentials.ts')
      tell([await clearCredential(connection, options, surroundings)], options)
    },
  )
  subcommand(credential, 'status [connection]', 'whether the connections have their credentials').action(
    async (connection: string | undefined, options: CredentialOptions) => {
      const { credentialStatus } = await import('./credentials.ts')
      const { keeping, connections } = await credentialStatus(connection, options, surroundings)
      tell(connections, options)
      if (!options.json) surroundings.say(keepingSentence(keeping))
    },
  )

  function tell(connections: readonly CredentialStatus[], options: CredentialOptions): void {
    const lines = options.json ? connections.map((one) => JSON.stringify(one)) : tableOf(connections)
    for (const line of lines) surroundings.print(line)
  }
}

function subcommand(parent: Command, usage: string, description: string): Command {
  return parent
    .command(usage)
    .description(description)
    .addOption(dataOption())
    .addOption(profileOption())
    .addOption(jsonOption())
}

function tableOf(connections: readonly CredentialStatus[]): string[] {
  const rows = connections.map(({ connection, kind, state, setAtMs, why, tip }) => [
    connection,
    kind,
    state,
    setAtMs === null ? '-' : new Date(setAtMs).toISOString(),
    `${why} ${tip}`.trim(),
  ])
  return alignColumns(['CONNECTION', 'FROM', 'STATE', 'SET', ''], rows)
}

function keepingSentence({ backend, why, tip }: CredentialKeeping): string {
  return why === '' ? `Credentials are kept in ${backend}.` : `${why} ${tip}`.trim()
}
