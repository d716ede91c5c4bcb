import { describe, expect, it } from 'vitest'
import type { Intent } from '../../../shared/intent/intent.ts'
import type { PanelValue } from '../../../shared/intent/panel.ts'
import { folded, TX } from '../../../test/defiFacts.ts'
import { createdIntent } from '../../../test/defiGiven.ts'
import { APPROVE_BEFORE_SEC, ASKED, CREATED, PARAMS } from '../../../test/defiPermit.ts'
import captures from './captures/generations.json' with { type: 'json' }
import { panelsOf } from './panels.ts'

/** One input and one output of 12,345 base units, bytes by hand (BIP 174). */
const PSBT = Buffer.from(
  `70736274ff01003e0200000001${'ab'.repeat(32)}0100000000ffffffff013930000000000000020014${'00'.repeat(4)}`,
  'hex',
).toString('base64')

function told(value: PanelValue): string {
  return value.is === 'id' ? value.value : value.is === 'text' ? value.text : value.is
}

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

  it('show what has to be signed field by field, under the types that it names, while it is waited for', () => {
    const intent = createdIntent(CREATED, ASKED, { status: 'Created' })
    const panel = panelsOf(intent).find(({ title }) => title === 'To be signed')
    const [meaning, table, raw] = panel?.blocks ?? []
    expect(meaning).toMatchObject({ is: 'note', text: expect.stringContaining('by Permit2') as string })
    const rows = table?.is === 'table' ? table.rows.map((cells) => cells.map(told)) : []
    expect(rows).toContainEqual(['domain.verifyingContract', '', PARAMS.permit2_contract_address])
    expect(rows).toContainEqual(['permitted.amount', 'uint256', '100500000'])
    expect(rows).toContainEqual(['spender', 'address', PARAMS.escrow_contract_address])
    expect(rows).toContainEqual(['witness.deadline', 'uint256', String(APPROVE_BEFORE_SEC)])
    expect(JSON.stringify(raw)).toContain('witness_type_string')
    expect(JSON.stringify(panelsOf(createdIntent(CREATED, ASKED)))).toContain('Not read yet')
    const approved = createdIntent(CREATED, ASKED, { status: 'Created' }, { status: 'Approved' })
    expect(titles(approved)).not.toContain('To be signed')
  })

  it.each([
    {
      kind: 'htlc',
      params_to_sign: { psbt: 'cHNidP8B', inputs: [2] },
      row: ['input 2 to sign', 'output spent', 'not known'],
      words: 'bitcoin',
    },
    {
      kind: 'psbt',
      params_to_sign: { psbt: PSBT, inputs: [0] },
      row: ['input 0 to sign', 'output spent', `${'ab'.repeat(32)}:1`],
      words: 'bitcoin',
    },
    {
      kind: 'psbt',
      params_to_sign: { psbt: PSBT },
      row: ['output 0', '0.00012345 BTC to script', '0014'],
      words: 'bitcoin',
    },
    {
      kind: 'cosign',
      params_to_sign: { transaction: '02000102' },
      row: ['transaction', 'hex, 4 bytes', '02000102'],
      words: 'Solana',
    },
    {
      kind: 'passkey',
      params_to_sign: { challenge: { rp: 'x' } },
      row: ['challenge.rp', '', 'x'],
      words: 'Nobody has described',
    },
  ])('decode what is signed for $kind: $row', ({ kind, params_to_sign, row, words }) => {
    const intent = createdIntent({ approval_type: kind, params_to_sign }, ASKED)
    const panel = panelsOf(intent).find(({ title }) => title === 'To be signed')
    const table = panel?.blocks.find((block) => block.is === 'table')
    expect(table?.rows.map((cells) => cells.map(told))).toContainEqual(row)
    expect(JSON.stringify(panel)).toContain(words)
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
