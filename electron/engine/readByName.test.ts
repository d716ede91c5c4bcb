import { expect, it } from 'vitest'
import { connectionId, intentIdOf } from '../../shared/intent/ids.ts'
import { readByName } from './readByName.ts'

const connection = connectionId('fusion')
const alias = (value: string, kind = 'intentId') => ({ kind, value })

/** Reads an intent with these names at a system that knows some; answers the name found and those asked for. */
async function read(names: string[], ...known: string[]): Promise<[string | null, string[]]> {
  const asked: string[] = []
  const link = {
    reread: (id: string) => {
      asked.push(id)
      return Promise.resolve(known.includes(id))
    },
  }
  const aliases = [...names.map((name) => alias(name)), alias('swap-1', 'swapId')]
  const found = await readByName(link, {
    id: intentIdOf(connection, alias(names[0] ?? '')),
    connection,
    aliases,
  })
  return [found, asked]
}

it('asks by the one name that there is', async () => {
  expect(await read(['0xA'], '0xA')).toEqual(['0xA', ['0xA']])
  expect(await read(['0xA'])).toEqual([null, ['0xA']])
})

it('asks by the newest first and by the main id last, and by three at most', async () => {
  expect(await read(['0xA', '0xB'], '0xA', '0xB')).toEqual(['0xB', ['0xB']])
  expect(await read(['0xA', '0xB'], '0xA')).toEqual(['0xA', ['0xB', '0xA']])
  expect(await read(['0xA', '0xB', '0xC', '0xD'])).toEqual([null, ['0xD', '0xC', '0xA']])
})
