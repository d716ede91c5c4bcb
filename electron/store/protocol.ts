import { oc, type as shape } from '@orpc/contract'
import type { FailureShape } from '../../shared/api/failure.ts'
import type { OpenOptions } from './localStore.ts'
import type { Store } from './store.ts'

const call = oc.errors({ FAILED: { data: shape<FailureShape>() } })

type In<Name extends keyof Store> = Parameters<Store[Name]>[0]
type Out<Name extends keyof Store> = Awaited<ReturnType<Store[Name]>>

/** What the two sides of the database thread say to each other: the methods of the store, after `open`. */
export const protocol = {
  open: call.input(shape<OpenOptions>()).output(shape<null>()),
  head: call.output(shape<Out<'head'>>()),
  append: call.input(shape<In<'append'>>()).output(shape<Out<'append'>>()),
  page: call.input(shape<In<'page'>>()).output(shape<Out<'page'>>()),
  freeze: call.input(shape<In<'freeze'>>()).output(shape<Out<'freeze'>>()),
  rows: call.input(shape<In<'rows'>>()).output(shape<Out<'rows'>>()),
  changes: call.input(shape<In<'changes'>>()).output(shape<Out<'changes'>>()),
  find: call.input(shape<In<'find'>>()).output(shape<Out<'find'>>()),
  get: call.input(shape<In<'get'>>()).output(shape<Out<'get'>>()),
  intent: call.input(shape<In<'intent'>>()).output(shape<Out<'intent'>>()),
  actions: call.input(shape<In<'actions'>>()).output(shape<Out<'actions'>>()),
  action: call.input(shape<In<'action'>>()).output(shape<Out<'action'>>()),
  openActions: call.output(shape<Out<'openActions'>>()),
  actionSteps: call.input(shape<In<'actionSteps'>>()).output(shape<Out<'actionSteps'>>()),
  actionsHead: call.output(shape<Out<'actionsHead'>>()),
  recordStep: call.input(shape<In<'recordStep'>>()).output(shape<Out<'recordStep'>>()),
  raw: call.input(shape<In<'raw'>>()).output(shape<Out<'raw'>>()),
  journal: call.input(shape<In<'journal'>>()).output(shape<Out<'journal'>>()),
  counts: call.input(shape<In<'counts'>>()).output(shape<Out<'counts'>>()),
  routes: call.input(shape<In<'routes'>>()).output(shape<Out<'routes'>>()),
  longestNormalWait: call.input(shape<In<'longestNormalWait'>>()).output(shape<Out<'longestNormalWait'>>()),
  mempool: call.input(shape<In<'mempool'>>()).output(shape<Out<'mempool'>>()),
  connections: call.input(shape<In<'connections'>>()).output(shape<Out<'connections'>>()),
  quarantine: call.input(shape<In<'quarantine'>>()).output(shape<Out<'quarantine'>>()),
  openIntents: call.input(shape<In<'openIntents'>>()).output(shape<Out<'openIntents'>>()),
  settings: call.output(shape<Out<'settings'>>()),
  setSettings: call.input(shape<In<'setSettings'>>()).output(shape<Out<'setSettings'>>()),
  watched: call.input(shape<In<'watched'>>()).output(shape<Out<'watched'>>()),
  watch: call.input(shape<In<'watch'>>()).output(shape<Out<'watch'>>()),
  incidents: call.output(shape<Out<'incidents'>>()),
  verify: call.output(shape<Out<'verify'>>()),
  rebuild: call.output(shape<Out<'rebuild'>>()),
  close: call.output(shape<Out<'close'>>()),
} satisfies Record<keyof Store | 'open', unknown>
