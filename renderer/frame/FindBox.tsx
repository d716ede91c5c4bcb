import { useId } from 'react'
import { FindList } from './FindList.tsx'
import { FIND_BOX_ID } from './leadToFind.ts'
import { useFindBox } from './useFindBox.ts'

/** One box for any identifier and any query: a single hit is opened, several are listed, a query filters the grid. */
export function FindBox() {
  const listId = useId()
  const box = useFindBox()
  return (
    <search className="find">
      <input
        id={FIND_BOX_ID}
        className="find-box"
        type="search"
        aria-label="Find"
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={
          box.isListShown && box.chosen >= 0 ? `${listId}-${String(box.chosen)}` : undefined
        }
        aria-invalid={box.problem !== null}
        placeholder="Find any id, address or hash, or a query"
        title="/ or Ctrl+K"
        autoComplete="off"
        spellCheck={false}
        value={box.text}
        onChange={(event) => {
          box.edit(event.target.value)
        }}
        onFocus={box.open}
        onBlur={box.close}
        onKeyDown={box.onKeyDown}
      />
      <FindList id={listId} box={box} />
    </search>
  )
}
