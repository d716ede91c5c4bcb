import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { Frame } from './frame/Frame.tsx'
import { NotFound } from './frame/NotFound.tsx'
import { actionsSearchSchema } from './views/actions/actionsSearch.ts'
import { IntentPage } from './views/intents/IntentPage.tsx'
import { IntentsView } from './views/intents/IntentsView.tsx'
import { intentsSearchSchema } from './views/intents/intentsSearch.ts'
import { SettingsView } from './views/settings/SettingsView.tsx'

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound })

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    redirect({ to: '/intents', throw: true })
  },
})

const intents = createRoute({
  getParentRoute: () => root,
  path: '/intents',
  validateSearch: (search) => intentsSearchSchema.parse(search),
  component: IntentsView,
})

const intent = createRoute({ getParentRoute: () => root, path: '/intents/$id', component: IntentPage })

const attention = createRoute({
  getParentRoute: () => root,
  path: '/attention',
  component: lazyRouteComponent(() => import('./views/attention/AttentionView.tsx'), 'AttentionView'),
})

const mempool = createRoute({
  getParentRoute: () => root,
  path: '/mempool',
  component: lazyRouteComponent(() => import('./views/mempool/MempoolView.tsx'), 'MempoolView'),
})

const connections = createRoute({
  getParentRoute: () => root,
  path: '/connections',
  component: lazyRouteComponent(() => import('./views/connections/ConnectionsView.tsx'), 'ConnectionsView'),
})

const actions = createRoute({
  getParentRoute: () => root,
  path: '/actions',
  validateSearch: (search) => actionsSearchSchema.parse(search),
  component: lazyRouteComponent(() => import('./views/actions/ActionsView.tsx'), 'ActionsView'),
})

const archive = createRoute({
  getParentRoute: () => root,
  path: '/archive',
  component: lazyRouteComponent(() => import('./views/archive/ArchiveView.tsx'), 'ArchiveView'),
})

const settings = createRoute({ getParentRoute: () => root, path: '/settings', component: SettingsView })

/** Every screen by its path. */
export const router = createRouter({
  routeTree: root.addChildren([
    start,
    intents,
    intent,
    attention,
    mempool,
    connections,
    actions,
    archive,
    settings,
  ]),
  // The token's `#` never reaches the router, and screens restore nothing by scroll position of the page.
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
