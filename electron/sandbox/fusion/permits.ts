import type { WorldIntent } from '../world/intent.ts'
import { intentNamed, onceFinal, type Coordinator } from './coordinator.ts'
import { change, get, no, ok, type Route } from './route.ts'

/** Permit2: what to sign, which takes a nonce with each reading, and the signature relayed once. */
export function permitRoutes(coordinator: Coordinator): Route[] {
  const { world, clock, random } = coordinator
  const relayed = new Set<WorldIntent>()
  let permitNonce = 0

  function lockOnceFinal(intent: WorldIntent): void {
    onceFinal(coordinator, intent.route.from, () => {
      if (intent.locks.source !== null || (intent.stage !== 'locking' && intent.stage !== 'matched')) return
      const transaction = random.hex(32)
      world.act(intent, { kind: 'locked', side: 'source', transaction }, { kind: 'moved', to: 'executing' })
    })
  }

  return [
    get('/api/intents/:intentId/permit2-params', ({ parts }) => {
      const named = intentNamed(coordinator, parts['intentId'])
      if ('refused' in named) return named.refused
      const { from } = named.intent.route
      if (from.family !== 'evm') return no(400, 'Source has no Permit2')
      // Each reading takes a nonce: this is the side effect that a console must not cause by itself.
      const nonce = String(permitNonce++)
      return ok({ intentId: named.intent.id, nonce, spender: from.htlcAddress })
    }),
    change('/api/intents/:intentId/relay-permit', ({ parts, body }) => {
      const named = intentNamed(coordinator, parts['intentId'])
      if ('refused' in named) return named.refused
      const { intent } = named
      if (intent.route.from.family !== 'evm') return no(400, 'Source has no Permit2')
      if (typeof body['signature'] !== 'string') return no(400, 'signature is missing')
      if (intent.deadlineAtMs <= clock.nowMs()) return no(410, 'Intent deadline passed')
      if (intent.proof !== 'verified') return no(409, 'Proof is not complete')
      if (intent.stage !== 'locking' && intent.stage !== 'matched') return no(409, 'Intent is not ready')
      if (relayed.has(intent)) return no(409, 'Permit was relayed already')
      relayed.add(intent)
      lockOnceFinal(intent)
      return ok({ intentId: intent.id, status: 'relayed' })
    }),
  ]
}
