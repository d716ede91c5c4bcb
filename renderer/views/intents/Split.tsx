import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useChangeSettings, useSettings } from '../../replica/settings.ts'
import { IntentView } from '../intent/IntentView.tsx'

/** Narrowest and widest view of an intent that can still be read beside the grid, pixels; as in the settings' schema. */
const NARROWEST_PX = 320
const WIDEST_PX = 2_000
/** One press of an arrow key on the edge. */
const STEP_PX = 20

/** The opened intent on the right of the grid, with an edge that can be dragged. */
export function Split({ id, onClose }: { id: string; onClose: () => void }) {
  const { splitWidth } = useSettings()
  const { change } = useChangeSettings()
  const [draggedPx, setDraggedPx] = useState<number | null>(null)
  const widthPx = draggedPx ?? splitWidth
  const box = useRef<HTMLElement>(null)

  // Opened from the Find box the focus follows; opened from the grid it stays there, so that j and k go on.
  useEffect(() => {
    if (document.activeElement === document.body) box.current?.focus()
  }, [id])

  useEffect(() => {
    function press(event: globalThis.KeyboardEvent) {
      if (event.key === 'Escape' && !event.defaultPrevented && !isFloating(event.target)) onClose()
    }
    window.addEventListener('keydown', press)
    return () => {
      window.removeEventListener('keydown', press)
    }
  }, [onClose])

  function onPointerDown(event: PointerEvent<HTMLDivElement>) {
    event.currentTarget.setPointerCapture(event.pointerId)
    setDraggedPx(splitWidth)
  }

  function onPointerMove(event: PointerEvent<HTMLDivElement>) {
    if (draggedPx !== null) setDraggedPx(bounded(window.innerWidth - event.clientX))
  }

  function onPointerUp() {
    if (draggedPx !== null) change({ splitWidth: draggedPx })
    setDraggedPx(null)
  }

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowLeft: STEP_PX, ArrowRight: -STEP_PX }[event.key]
    if (step !== undefined) change({ splitWidth: bounded(splitWidth + step) })
  }

  return (
    <>
      <div
        className="split-edge"
        role="separator"
        tabIndex={0}
        aria-label="Width of the intent"
        aria-orientation="vertical"
        aria-valuenow={widthPx}
        aria-valuemin={NARROWEST_PX}
        aria-valuemax={WIDEST_PX}
        {...{ onPointerDown, onPointerMove, onPointerUp, onKeyDown }}
      />
      <aside ref={box} className="split" tabIndex={-1} style={{ width: widthPx }} aria-label="Opened intent">
        <IntentView id={id} onClose={onClose} />
      </aside>
    </>
  )
}

function bounded(px: number): number {
  return Math.round(Math.min(Math.max(px, NARROWEST_PX), WIDEST_PX))
}

function isFloating(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('[role="dialog"], [role="menu"], [role="searchbox"]') !== null
  )
}
