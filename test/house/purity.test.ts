import { join } from 'node:path'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')

/** Complaints of the compiler about `text`, were it a file of `layer`. */
function complaints(layer: string, text: string): string[] {
  const path = join(ROOT, layer, 'tsconfig.json')
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(path, (file) => ts.sys.readFile(file)).config,
    ts.sys,
    join(ROOT, layer),
  )
  const planted = join(ROOT, layer, 'planted.ts')
  const host = ts.createCompilerHost(options)
  const onDisk = ts.createCompilerHost(options)
  host.getSourceFile = (file, ...rest) =>
    file === planted ? ts.createSourceFile(file, text, rest[0]) : onDisk.getSourceFile(file, ...rest)
  host.fileExists = (file) => file === planted || onDisk.fileExists(file)
  const program = ts.createProgram(
    [planted],
    { ...options, noEmit: true, composite: false, emitDeclarationOnly: false },
    host,
  )
  return ts
    .getPreEmitDiagnostics(program, program.getSourceFile(planted))
    .map((found) => ts.flattenDiagnosticMessageText(found.messageText, ' '))
}

describe('pure layers cannot name what they must not use', () => {
  it.each(['window', 'document', 'process', 'setTimeout', 'Buffer', 'fetch'])('shared: %s', (name) => {
    expect(complaints('shared', `export const kept = ${name}\n`).join()).toContain(`'${name}'`)
  })

  it.each(['process', 'Buffer', 'require'])('renderer: %s', (name) => {
    expect(complaints('renderer', `export const kept = ${name}\n`).join()).toContain(`'${name}'`)
  })

  it('but may name what every engine has', () => {
    expect(complaints('shared', 'export const kept = new Map([[1n, Intl.DateTimeFormat]])\n')).toEqual([])
    expect(complaints('renderer', 'export const kept = document.title\n')).toEqual([])
  })
})

describe('house rules of the linter', () => {
  // The house rules need no types, and without them no other test's planted files can stand in the way.
  const eslint = new ESLint({ cwd: ROOT, overrideConfig: [tseslint.configs.disableTypeChecked] })
  const rulesFor = async (file: string, text: string): Promise<string[]> => {
    const [result] = await eslint.lintText(text, { filePath: join(ROOT, file) })
    return result?.messages.map((found) => found.message) ?? []
  }

  it.each(['Date.now()', 'Math.random()', 'new Date()'])('shared takes %s as an argument', async (call) => {
    const found = await rulesFor('shared/intent/ids.ts', `export const kept = ${call}\n`)
    expect(found.join()).toContain('takes the time and chance as arguments')
    const elsewhere = await rulesFor('electron/upstreams/kit/clock.ts', `export const kept = ${call}\n`)
    expect(elsewhere.join()).not.toContain('takes the time and chance as arguments')
  })

  it('normalisers take the time as an argument', async () => {
    const file = 'electron/upstreams/fusion/normalise.ts'
    const found = await rulesFor(file, 'export const kept = Date.now()\n')
    expect(found.join()).toContain('takes the time and chance as arguments')
  })

  it('refuses enums and default exports', async () => {
    const found = await rulesFor('shared/intent/ids.ts', 'enum A { b }\nexport default A\n')
    expect(found.join()).toContain('string unions')
    expect(found.join()).toContain('carries the name of its export')
  })
}, 60_000)
