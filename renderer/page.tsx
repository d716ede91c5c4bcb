import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './theme/tokens.css'
import './theme/base.css'
import './parts/parts.css'
import { keepEngine } from './host/engine.ts'
import { inBackground } from './host/inBackground.ts'
import { shareStyleNonce } from './theme/styleNonce.ts'
import { router } from './router.tsx'

/** Draws the page into its root and reaches for the engine. */
export function drawPage(root: HTMLElement): void {
  shareStyleNonce()
  inBackground('the way to the engine', keepEngine())
  const queries = new QueryClient({
    // Failures are shown with their words at once; the engine is on this machine, so asking again changes nothing.
    defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false } },
  })
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  )
}
