import { expect, test } from 'vitest'
import type { OfferedCommand } from '../../../shared/api/action.ts'
import { commandsOfAll } from './commandsOfAll.ts'

function command(name: string, isRequired?: boolean): OfferedCommand {
  return { name, fields: isRequired === undefined ? [] : [{ isRequired }] } as OfferedCommand
}

test('only what all of them offer, and what needs nothing filled in', () => {
  const fusion = [command('prepareRefund'), command('reportRefundSubmitted', true), command('reread', false)]
  expect(commandsOfAll([fusion]).map(({ name }) => name)).toEqual(['prepareRefund', 'reread'])
  expect(commandsOfAll([fusion, [command('reread')]]).map(({ name }) => name)).toEqual(['reread'])
  expect(commandsOfAll([fusion, []])).toEqual([])
  expect(commandsOfAll([])).toEqual([])
})
