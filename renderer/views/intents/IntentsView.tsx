import { useState } from 'react'
import { Chips } from './Chips.tsx'
import { EmptyGrid } from './EmptyGrid.tsx'
import { GridLine } from './GridLine.tsx'
import { IntentsGrid } from './IntentsGrid.tsx'
import { Picked } from './picked.ts'
import { PickedBar } from './PickedBar.tsx'
import { Split } from './Split.tsx'
import { useGridReplica } from './useGridReplica.ts'
import { useHold } from './useHold.ts'
import { useIntentsAddress } from './useIntentsAddress.ts'
import './intents.css'

/** Every intent that matches, newest first, and the opened one beside it. */
export function IntentsView() {
  const { question, openId, onOpen, onClose, onSort, onQuery } = useIntentsAddress()
  const { query, sort } = question
  const replica = useGridReplica(question)
  const hold = useHold(replica)
  const [picked] = useState(() => new Picked())
  return (
    <div className="intents-view">
      <section className="intents-list" aria-label="List of intents">
        <h1 className="visually-hidden">Intents</h1>
        <Chips query={query} onQuery={onQuery} hold={hold} />
        <GridLine replica={replica} onRelease={hold.releaseAll} />
        <IntentsGrid {...{ replica, hold, picked, openId, sort, onSort, onOpen }} />
        <EmptyGrid replica={replica} onQuery={onQuery} />
        <PickedBar picked={picked} />
      </section>
      {openId !== undefined && <Split id={openId} onClose={onClose} />}
    </div>
  )
}
