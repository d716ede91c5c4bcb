import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { X } from 'lucide-react'
import { Button } from './Button.tsx'

/**
 * What closes a window: `freely` Esc, the cross and a press beside it · `deliberately` Esc and the cross, where a stray press
 * would lose what was typed · `not-now` nothing, while something is under way.
 */
export type Leaving = 'freely' | 'deliberately' | 'not-now'

/** A window over the page with a title; Esc and the cross close it. */
export function Dialog({
  title,
  isOpen,
  onClose,
  leaving = 'freely',
  children,
}: {
  title: string
  isOpen: boolean
  onClose: () => void
  leaving?: Leaving
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
