import { Dialog as Radix } from 'radix-ui'
import type { ReactNode, RefObject } from 'react'
import { X } from 'lucide-react'
import { Button } from './Button.tsx'
import './dialog.css'

/**
 * What closes a window: `freely` Esc, the cross and a press beside it · `deliberately` Esc and the cross, where a stray press
 * would lose what was typed · `not-now` nothing, while something is under way.
 */
export type Leaving = 'freely' | 'deliberately' | 'not-now'

/** Where typing begins. */
const FIRST_FIELD = 'input, select, textarea'

/** A window over the page with a title; Esc and the cross close it. The first field has the focus, else the window itself. */
export function Dialog({
  title,
  isOpen,
  onClose,
  leaving = 'freely',
  returnsTo,
  children,
}: {
  title: string
  isOpen: boolean
  onClose: () => void
  leaving?: Leaving
  /** What has the focus after it closed; by default what opened it. */
  returnsTo?: RefObject<HTMLElement | null> | undefined
  children: ReactNode
}) {
  return (
    <Radix.Root
      open={isOpen}
      onOpenChange={(open) => {
        if (!open && leaving !== 'not-now') onClose()
      }}
    >
      <Radix.Portal>
        <Radix.Overlay className="dialog-scrim" />
        <Radix.Content
          className="dialog"
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            // Not the cross: Enter, still held from the button that opened this, would close it.
            event.preventDefault()
            if (event.currentTarget instanceof HTMLElement) focusWithin(event.currentTarget)
          }}
          onCloseAutoFocus={(event) => {
            if (returnsTo === undefined) return
            event.preventDefault()
            returnsTo.current?.focus()
          }}
          onInteractOutside={(event) => {
            if (leaving !== 'freely') event.preventDefault()
          }}
        >
          <header className="dialog-head">
            <Radix.Title>{title}</Radix.Title>
            <Radix.Close asChild>
              <Button look="quiet" aria-label="Close" disabled={leaving === 'not-now'}>
                <X size={16} aria-hidden="true" />
              </Button>
            </Radix.Close>
          </header>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function focusWithin(box: HTMLElement) {
  const first = box.querySelector<HTMLElement>(FIRST_FIELD) ?? box
  first.focus({ preventScroll: true })
}
