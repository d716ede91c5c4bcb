import { useEffect, useRef, useState } from 'react'
import type { ConsoleStatus } from '../../shared/api/answers.ts'
import { Button } from '../parts/Button.tsx'
import { useLock } from '../replica/lock.ts'
import { useNow } from '../replica/now.ts'
import { lockStateOf } from './lockState.ts'
import { UnlockDialog } from './UnlockDialog.tsx'

const SHAPES = { locked: '▣', unlocked: '◇', open: '○', 'read-only': '▣', closed: '▣' } as const

/** Whether the profile takes commands that change something outside, until when, and the ways to change that. */
export function Lock({ status }: { status: ConsoleStatus }) {
  const { is, words } = lockStateOf(status, useNow())
  const [isAsking, setAsking] = useState(false)
  const lock = useLock()
  const box = useRef<HTMLSpanElement>(null)
  useTitle(is === 'unlocked' ? `${words} · ${status.profile.name} · Intent Console` : 'Intent Console')
  return (
    <span
      ref={box}
      tabIndex={-1}
      className="lock"
      data-lock={is}
      data-tone={is === 'unlocked' ? 'waiting' : 'plain'}
    >
      <span className="lock-words" title={[status.actions.why, status.actions.tip].filter(Boolean).join(' ')}>
        <span aria-hidden="true">{SHAPES[is]} </span>
        {words}
      </span>
      {is === 'locked' && (
        <Button
          onClick={() => {
            setAsking(true)
          }}
        >
          Unlock
        </Button>
      )}
      {is === 'unlocked' && (
        <Button
          disabled={lock.isUnderWay}
          onClick={() => {
            lock.give({})
          }}
        >
          Lock
        </Button>
      )}
      {isAsking && (
        <UnlockDialog
          profile={status.profile}
          shownIn={box}
          onClose={() => {
            setAsking(false)
          }}
        />
      )}
    </span>
  )
}

/** The title of the window, seen also while another one is in front. */
function useTitle(title: string): void {
  useEffect(() => {
    document.title = title
  }, [title])
}
