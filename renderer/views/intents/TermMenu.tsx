import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { hasTerm } from './queryTerms.ts'
import type { Hold } from './useHold.ts'

/** A menu of the values of one field of the query, with how many intents have each. */
export function TermMenu({
  title,
  field,
  query,
  toggle,
  hold,
  options,
}: {
  title: string
  field: string
  query: string
  toggle: (term: string) => void
  hold: Hold
  options: { value: string; words: ReactNode; count: number }[]
}) {
  const chosen = options.find(({ value }) => hasTerm(query, `${field}${value}`))
  return (
    <DropdownMenu.Root
      modal={false}
      onOpenChange={(isOpen) => {
        hold.want('menu', isOpen)
      }}
    >
      <DropdownMenu.Trigger className="chip" data-on={chosen !== undefined}>
        {chosen === undefined ? title : `${title}: ${chosen.value}`} ▾
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={4}>
          {options.map(({ value, words, count }) => (
            <DropdownMenu.CheckboxItem
              key={value}
              className="menu-item menu-item-counted"
              checked={value === chosen?.value}
              onCheckedChange={() => {
                toggle(`${field}${value}`)
              }}
            >
              {words} <span className="muted">{count.toLocaleString('en')}</span>
            </DropdownMenu.CheckboxItem>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
