import { expect, it } from 'vitest'
import { createBook, type Book } from './book.ts'

interface Order {
  hash: string
  isOver: boolean
}

function bookOf(...orders: [hash: string, isOver: boolean][]): Book<Order> {
  const book = createBook<Order>({ most: 2, idOf: ({ hash }) => hash, isOver: ({ isOver }) => isOver })
  for (const [hash, isOver] of orders) book.add({ hash, isOver })
  return book
}

const hashes = (book: Book<Order>): string[] => book.all().map(({ hash }) => hash)

it('lets go the oldest that is over when there are too many', () => {
  const book = bookOf(['0xa', false], ['0xb', true], ['0xc', true])
  expect(hashes(book)).toEqual(['0xa', '0xc'])
  expect(book.find('0xb')).toBeUndefined()
})

it('keeps what is not over, however many', () => {
  expect(hashes(bookOf(['0xa', false], ['0xb', false], ['0xc', false]))).toEqual(['0xa', '0xb', '0xc'])
})

it('finds in any letter case', () => {
  expect(bookOf(['0xa', true]).find('0xA')?.hash).toBe('0xa')
})
