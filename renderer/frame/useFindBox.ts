import { useNavigate } from '@tanstack/react-router'
import { useState, type KeyboardEvent } from 'react'
import { inBackground } from '../host/inBackground.ts'
import { FIND_BOX_ID } from './leadToFind.ts'
import { useFind, type FindOption } from './useFind.ts'

/** What the Find box holds and what its keys do. */
export function useFindBox() {
  const goTo = useFindTarget()
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [chosen, setChosen] = useState(-1)
  const found = useFind(text, isOpen)
  const { options, note, problem, submit } = found
  const isListShown = isOpen && (options.length > 0 || note !== null || problem !== null)

  function edit(next: string) {
    setText(next)
    setChosen(-1)
    setOpen(true)
  }

  function take(option: FindOption) {
    if (option.is === 'intent') goTo({ open: option.intent.id })
    else edit(option.text)
  }

  async function enter() {
    const option = options[chosen]
    if (option !== undefined) {
      take(option)
      return
    }
    const answer = await submit()
    if (answer.is === 'intent') goTo({ open: answer.id })
    if (answer.is === 'query') goTo({ query: answer.query })
  }

  function step(by: 1 | -1) {
    setOpen(true)
    setChosen((before) => {
      const from = before === -1 && by === -1 ? 0 : before
      return (from + by + options.length) % options.length
    })
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Enter') inBackground('finding', enter())
    else if (event.key === 'Escape' && isListShown) setOpen(false)
    else if (event.key === 'Escape') event.currentTarget.blur()
    else if (event.key === 'ArrowDown' && options.length > 0) step(1)
    else if (event.key === 'ArrowUp' && options.length > 0) step(-1)
    else return
    event.preventDefault()
  }

  return {
    ...{ text, options, note, problem, chosen, isListShown, edit, take, onKeyDown },
    open: () => {
      setOpen(true)
    },
    close: () => {
      setOpen(false)
    },
  }
}

/** The Find box between two drawings. */
export type FindBoxState = ReturnType<typeof useFindBox>

/** Leaves the box, so that the keys of the screen work again, and goes to an intent or to the list that a query gives. */
function useFindTarget(): (target: { open: string } | { query: string }) => void {
  const navigate = useNavigate()
  return (target) => {
    document.getElementById(FIND_BOX_ID)?.blur()
    const going = navigate({
      to: '/intents',
      search: ({ open: _, query, ...rest }) => {
        if ('open' in target) return { ...rest, ...(query === undefined ? {} : { query }), open: target.open }
        return target.query === '' ? rest : { ...rest, query: target.query }
      },
    })
    inBackground('going to what was found', going)
  }
}
