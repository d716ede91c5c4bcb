import { describe, expect, it } from 'vitest'
import { upstreams } from '../../electron/upstreams/index.ts'
import { hearing } from './hearing.ts'
import { readings } from './readings.ts'
import { silence } from './silence.ts'
import { storms } from './storms.ts'
import { systems } from './systems.ts'

it('has the other end of every system of the register', () => {
  expect(Object.keys(systems).sort()).toEqual(upstreams.map(({ system }) => system).sort())
})

for (const bench of Object.values(systems)) {
  describe(bench.system, () => {
    hearing(bench)
    silence(bench)
    storms(bench)
    readings(bench)
  })
}
