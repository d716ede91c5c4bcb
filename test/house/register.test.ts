import { describe, expect, it } from 'vitest'
import { upstreamOf, upstreams } from '../../electron/upstreams/index.ts'
import type { Upstream } from '../../electron/upstreams/upstream.ts'
import { SYSTEM_NAMES } from '../../shared/intent/ids.ts'

/** Names that profiles and queries offer and that not exactly one adapter of a register serves. */
function unserved(register: readonly Upstream[]): string[] {
  return SYSTEM_NAMES.filter((name) => register.filter(({ system }) => system === name).length !== 1)
}

describe('the register of systems', () => {
  it('has one adapter for every name in SYSTEM_NAMES', () => {
    expect(unserved(upstreams)).toEqual([])
  })

  it.each(SYSTEM_NAMES)('finds %s under its own name', (name) => {
    expect(upstreamOf(name).system).toBe(name)
  })

  it('control: a missing adapter, and one that stands in the place of another, are named', () => {
    const [first, second, ...others] = upstreams
    if (first === undefined || second === undefined) throw new Error('The register is all but empty.')
    expect(unserved([second, ...others])).toEqual([first.system])
    expect(unserved([first, first, ...others])).toEqual([first.system, second.system])
  })
})
