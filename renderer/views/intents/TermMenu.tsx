import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { valueOf } from './queryTerms.ts'
import type { Hold } from './useHold.ts'

/** A menu of the values of one field of the query, with how many intents have each. */
export function TermMenu({
  title,
  field,
  query,
  toggle,
  hold,
  options,
  wordsOf = (value) => value,
  empty,
  onOpen,
}: {
  title: string
  field: string
  query: string
  toggle: (term: string) => void
  hold: Hold
  options: { value: string; words: ReactNode; count: number }[]
  /** The chosen value on the closed menu; by default as it stands in the query. */
  wordsOf?: (value: string) => string
  /** Said while there is no option. */
  empty?: string
  onOpen?: (isOpen: boolean) => void
}) {
  const chosen = valueOf(query, field)
  return (
    <DropdownMenu.Root
      modal={false}
      onOpenChange={(isOpen) => {
        hold.want('menu', isOpen)
        onOpen?.(isOpen)
      }}
    >
      <DropdownMenu.Trigger className="chip" data-on={chosen !== null}>
        {chosen === null ? title : `${title}: ${wordsOf(chosen)}`} ▾
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={4}>
          {options.length === 0 && empty !== undefined && <p className="menu-item muted">{empty}</p>}
          {options.map(({ value, words, count }) => (
            <DropdownMenu.CheckboxItem
              key={value}
              className="menu-item menu-item-counted"
              checked={value === chosen}
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
