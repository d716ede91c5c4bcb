import { useEffect } from 'react'
import { useRowKeys } from '../../frame/useRowKeys.ts'
import { Empty } from '../../parts/Empty.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { useAction, useActions } from '../../replica/actions.ts'
import { ActionDetail } from './ActionDetail.tsx'
import { ActionFilters } from './ActionFilters.tsx'
import { ActionTable } from './ActionTable.tsx'
import { LockSteps } from './LockSteps.tsx'
import { NoActions } from './NoActions.tsx'
import { useActionsAddress } from './useActionsAddress.ts'
import './actions.css'

/** The log of what operators did: what is not settled on top, then newest first, and the opened one beside it. */
export function ActionsView() {
  useRowKeys()
  const { search, change } = useActionsAddress()
  const { action: openId, ...filter } = search
  const { value, failure } = useActions(filter)
  const onTop = useAction(openId ?? null)
  const opened = value?.actions.find(({ id }) => id === openId) ?? onTop
  const close = () => {
    change({ action: '' })
  }
  useEscape(opened !== null, close)
  const isFiltered = Object.values(filter).some((part) => part !== undefined)
  return (
    <div className="actions-view" data-split={opened !== null}>
      <div className="view actions-list">
        <h1>Actions</h1>
        <ActionFilters search={search} onChange={change} />
        {failure !== null && <FailureNote failure={failure} />}
        {value === null && failure === null && <Empty title="Reading the log…" />}
        {value?.actions.length === 0 && (
          <NoActions
            isFiltered={isFiltered}
            onReset={() => {
              change({ state: '', command: '', connection: '', text: '' })
            }}
          />
        )}
        {value !== null && value.actions.length > 0 && (
          <ActionTable actions={value.actions} search={search} />
        )}
        {value !== null && <LockSteps version={value.version} />}
      </div>
      {opened !== null && <ActionDetail key={opened.id} action={opened} onClose={close} />}
    </div>
  )
}

/** Esc closes what is opened, unless it closes something over it. */
function useEscape(isWanted: boolean, onEscape: () => void): void {
  useEffect(() => {
    if (!isWanted) return
    function press(event: KeyboardEvent) {
      const isOver = event.target instanceof Element && event.target.closest('[role="dialog"]') !== null
      if (event.key === 'Escape' && !event.defaultPrevented && !isOver) onEscape()
    }
    window.addEventListener('keydown', press)
    return () => {
      window.removeEventListener('keydown', press)
    }
  }, [isWanted, onEscape])
}
