import { useId, useState } from 'react'
import { useConnections } from '../../replica/connections.ts'
import { Dialog } from '../../parts/Dialog.tsx'
import { FailureNote } from '../../parts/FailureNote.tsx'
import { useChangeWatchedIds } from '../../replica/watching.ts'
import { FollowedIds } from './FollowedIds.tsx'
import { IdsForm } from './IdsForm.tsx'
import { Outcomes } from './Outcomes.tsx'
import './watching.css'

/** Follows ids by hand, where a system has no list or an id is to be kept in sight: adds, lists and removes them. */
export function WatchDialog({ connection: first, onClose }: { connection?: string; onClose: () => void }) {
  const connections = useConnections().value ?? []
  const open = connections.filter(({ capabilities }) =>
    capabilities.some(({ name, isOffered }) => name === 'watchIntent' && isOffered),
  )
  const [chosen, setChosen] = useState(first)
  const selectId = useId()
  const connection = open.find(({ id }) => id === chosen) ?? open[0]
  return (
    <Dialog title="Watch ids" isOpen onClose={onClose}>
      {connection === undefined ? (
        <p>No connection of this profile can follow single ids.</p>
      ) : (
        <div className="watching">
          <p className="watching-line">
            <label htmlFor={selectId}>Connection</label>
            <select
              id={selectId}
              value={connection.id}
              onChange={(event) => {
                setChosen(event.target.value)
              }}
            >
              {open.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}, {id}
                </option>
              ))}
            </select>
          </p>
          <Watching key={connection.id} connection={connection.id} />
        </div>
      )}
    </Dialog>
  )
}

function Watching({ connection }: { connection: string }) {
  const { follow, remove, outcomes, isUnderWay, failure } = useChangeWatchedIds(connection)
  return (
    <>
      <IdsForm onFollow={follow} isUnderWay={isUnderWay} />
      {failure !== null && <FailureNote failure={failure} />}
      <Outcomes outcomes={outcomes} />
      <FollowedIds connection={connection} onRemove={remove} isUnderWay={isUnderWay} />
    </>
  )
}
