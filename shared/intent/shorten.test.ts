import { expect, it } from 'vitest'
import { shortenId } from './shorten.ts'

it.each([
  [`0x4f1ab2${'0'.repeat(54)}9c02`, '0x4f1a…9c02'],
  ['550e8400-e29b-41d4-a716-446655440000', '550e8400…0000'],
  ['9WzDXwBbmkg8ZTbNMqUxvQRAyrZzDsGYdLVL9zYtAWWM', '9WzD…AWWM'],
  [`fusion-test:0x4f1ab2${'0'.repeat(54)}9c02`, 'fusion-test:0x4f1a…9c02'],
  ['0x4f1a9c02abcd', '0x4f1a9c02abcd'],
  ['', ''],
])('shortens %s to %s', (id, short) => {
  expect(shortenId(id)).toBe(short)
})
