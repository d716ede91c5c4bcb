import { Option, type Command } from 'commander'
import type { Identity } from '../vault/identities.ts'
import { dataOption, jsonOption } from './options.ts'
import type { Surroundings } from './surroundings.ts'
import { alignColumns } from './table.ts'

/** Options of the `identity` commands, as commander reads them. */
export interface IdentityOptions {
  data?: string
  json?: true
  accept?: 'unencrypted'
}

/** Adds `identity create|show`: the key pair in whose name approvals are asked for and given. Only public keys are printed. */
export function addIdentity(program: Command, surroundings: Surroundings): void {
  const identity = program
    .command('identity')
    .description('who you are to those whose commands you approve: a key pair in the keychain')
  identity
    .command('create [name]')
    .description('make a key pair; the name is for people to read, by default that of the system’s user')
    .addOption(new Option('--accept <place>', 'keep it there although it is weak').choices(['unencrypted']))
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (name: string | undefined, options: IdentityOptions) => {
      const { createIdentity } = await import('./identities.ts')
      tell([await createIdentity(name, options, surroundings)], options)
      surroundings.say(
        'Put the public key among the approvers of a profile, or give it to whoever keeps one.',
      )
    })
  identity
    .command('show')
    .description('name and public key of every identity here')
    .addOption(dataOption())
    .addOption(jsonOption())
    .action(async (options: IdentityOptions) => {
      const { identitiesHere } = await import('./identities.ts')
      tell(await identitiesHere(options, surroundings), options)
    })

  function tell(identities: readonly Identity[], options: IdentityOptions): void {
    const rows = identities.map(({ name, publicKey }) => [publicKey, name])
    const lines = options.json
      ? identities.map(({ name, publicKey }) => JSON.stringify({ name, publicKey }))
      : alignColumns(['PUBLIC KEY', 'NAME'], rows)
    for (const line of lines) surroundings.print(line)
  }
}
