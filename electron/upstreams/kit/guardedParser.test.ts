import { describe, expect, it } from 'vitest'
import type { Damage } from './guard.ts'
import { guardedParser, type Heard } from './guardedParser.ts'

/** What a decoder gives; the library leaves the data untyped. */
interface Packet {
  data?: unknown[]
}

function parse(
  texts: unknown[],
  namespace = '/',
): { packets: Packet[]; damaged: { text: string; damage: Damage }[] } {
  const packets: Packet[] = []
  const damaged: { text: string; damage: Damage }[] = []
  const { Decoder } = guardedParser({ namespace, onDamage: (text, damage) => damaged.push({ text, damage }) })
  const decoder = new Decoder()
  decoder.on('decoded', (packet: Packet) => {
    packets.push(packet)
  })
  for (const text of texts) decoder.add(text)
  return { packets, damaged }
}

function heardOf(text: string): Heard {
  const { packets, damaged } = parse([text])
  expect(damaged).toEqual([])
  return packets[0]?.data?.[1] as Heard
}

describe('guardedParser', () => {
  it.each([
    ['one argument', '2["a",{"n":9007199254740993 , "s":"x"}]', '{"n":9007199254740993 , "s":"x"}'],
    ['no argument', '2["a"]', '[]'],
    ['two arguments', '2["a",{"b":1},"c"]', '[{"b":1},"c"]'],
    ['white space', '2[ "a" , {"b":1} ]', '{"b":1}'],
    ['an acknowledgement id', '217["a",{"b":1}]', '{"b":1}'],
    ['a comma in its name', '2["a,\\"b",{"b":1}]', '{"b":1}'],
    ['a number for a name', '2[7,{"b":1}]', '{"b":1}'],
    ['text that is the argument', '2["a","]"]', '"]"'],
  ])('keeps the text of an event with %s', (_, packet, text) => {
    expect(heardOf(packet).text).toBe(text)
  })

  it('drops the recovery offset that a recovering server adds, and hands it on', () => {
    const { packets } = parse(['0{"sid":"s","pid":"p"}', '2["a",{"b":1},"offset-1"]'])
    expect(packets[1]?.data).toMatchObject(['a', { text: '{"b":1}' }, 'offset-1'])
  })

  it.each([
    ['broken JSON', '2["a",{"b":]'],
    ['no list', '2{"a":1}'],
    ['no name', '2[{}]'],
    ['nothing', '2'],
    ['an unknown type', '9["a"]'],
    ['a reserved name', '2["connect",{}]'],
    ['another namespace', '2/other,["a",{}]'],
    ['too much depth', `2["a",${'['.repeat(70)}${']'.repeat(70)}]`],
    ['a false connect', '0["x"]'],
    ['an empty text', ''],
  ])('reports %s and reads on', (_, bad) => {
    const { packets, damaged } = parse([bad, '2["good",{"ok":true}]'])
    expect(damaged.map(({ text }) => text)).toEqual([bad])
    expect(damaged[0]?.damage.reason).not.toBe('')
    expect(packets).toHaveLength(1)
    expect(packets[0]?.data).toMatchObject(['good', { text: '{"ok":true}' }])
  })

  it('reports a binary event once, with its attachments, and reads on', () => {
    const { packets, damaged } = parse([
      '52-["a",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}]',
      Buffer.from('one'),
      Buffer.from('two'),
      Buffer.from('stray'),
      '2["good",1]',
    ])
    expect(damaged.map(({ damage }) => damage.reason)).toEqual([
      expect.stringContaining('binary event'),
      expect.stringContaining('no event announced'),
    ])
    expect(packets).toHaveLength(1)
  })
})
