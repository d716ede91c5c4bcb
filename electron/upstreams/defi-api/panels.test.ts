import { describe, expect, it } from 'vitest'
import type { Intent } from '../../../shared/intent/intent.ts'
import { folded, TX } from '../../../test/defiFacts.ts'
import captures from './captures/generations.json' with { type: 'json' }
import { panelsOf } from './panels.ts'

describe('panels', () => {
  const titles = (intent: Intent): string[] => panelsOf(intent).map(({ title }) => title)

  it('show approval, progress and quote where there is anything to show', () => {
    const { intent_id: _, ...body } = captures[1]?.body ?? {}
    expect(titles(folded({ ...body, approval_type: 'permit2' }))).toEqual([
      'Approval',
      'Swap progress',
      'Quote',
    ])
    expect(titles(folded({ status: 'Created' }))).toEqual([])
  })

  it('show a kind of approval that nobody described as it was written, and say so', () => {
    const text = JSON.stringify(panelsOf(folded({ status: 'Created', approval_type: 'passkey' })))
    expect(text).toContain('"text":"passkey"')
    expect(text).toContain('does not describe this kind of approval')
  })

  it('say that a refund is only watched while money is at risk', () => {
    const intent = folded({
      status: 'Expired',
      swap_metadata: { user_deposit_tx: TX },
      refund_address: '0xbeef',
    })
    expect(JSON.stringify(panelsOf(intent))).toContain('cannot be asked for over this API')
    expect(JSON.stringify(panelsOf(intent))).toContain('0xbeef')
  })
})
