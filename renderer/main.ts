import { config } from 'zod'

// Schemas would be compiled with `new Function`, which the content policy of this page refuses and reports each time.
// It must be said before the first schema is made, so everything else is imported afterwards.
config({ jitless: true })

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no element with the id "root".')

const { drawPage } = await import('./page.tsx')
drawPage(root)
