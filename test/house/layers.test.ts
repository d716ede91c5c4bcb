import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
const PLANTED = join(import.meta.dirname, 'planted')
const config = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as {
  forbidden: { name: string; comment: string }[]
}

/** One breach per rule: the file that does it and the import that it must not have. */
const BREACHES: Record<string, { file: string; imports: string }> = {
  'intent-knows-nothing': { file: 'shared/intent/a.ts', imports: '../log/target' },
  'shared-is-pure': { file: 'shared/log/b.ts', imports: 'node:fs' },
  'page-reaches-only-shared': { file: 'renderer/c.ts', imports: '../electron/engine/target' },
  'page-has-no-node': { file: 'renderer/d.ts', imports: 'node:path' },
  'parts-know-no-data': { file: 'renderer/parts/e.ts', imports: '../host/target' },
  'replica-knows-no-view': { file: 'renderer/replica/f.ts', imports: '../parts/target' },
  'views-are-neighbours': { file: 'renderer/views/mempool/g.ts', imports: '../intents/target' },
  'systems-do-not-know-each-other': {
    file: 'electron/upstreams/fusion/h.ts',
    imports: '../flashnet/target',
  },
  'kit-has-no-business-names': { file: 'electron/upstreams/kit/i.ts', imports: '../flashnet/target' },
  'store-knows-only-shared': { file: 'electron/store/j.ts', imports: '../engine/target' },
  'engine-knows-no-host': { file: 'electron/engine/k.ts', imports: '../host/target' },
  'sandbox-imports-no-adapter': { file: 'electron/sandbox/l.ts', imports: '../upstreams/flashnet/target' },
  'only-roots-start-the-sandbox': { file: 'electron/host/m.ts', imports: '../sandbox/target' },
  'sqlite-in-store-only': { file: 'electron/engine/n.ts', imports: 'better-sqlite3' },
  'keytar-in-vault-only': { file: 'electron/engine/o.ts', imports: 'keytar' },
  'viem-clients-in-evidence-only': { file: 'electron/engine/x.ts', imports: 'viem' },
  'electron-in-shell-only': { file: 'electron/engine/p.ts', imports: 'electron' },
  'shell-takes-electron-as-types': { file: 'electron/shell/u.ts', imports: 'electron' },
  'only-main-opens-the-shell': { file: 'electron/cli/v.ts', imports: '../shell/target' },
  'nobody-imports-tests': { file: 'electron/engine/q.ts', imports: '../../test/flows/target' },
  'no-circles': { file: 'electron/engine/r.ts', imports: './s' },
  'declared-packages-only': { file: 'electron/engine/t.ts', imports: 'no-such-package' },
}

const TARGETS = [
  'shared/log/target.ts',
  'electron/engine/target.ts',
  'electron/host/target.ts',
  'electron/sandbox/target.ts',
  'electron/shell/target.ts',
  'electron/upstreams/flashnet/target.ts',
  'renderer/host/target.ts',
  'renderer/parts/target.ts',
  'renderer/views/intents/target.ts',
  'test/flows/target.ts',
]

interface Violation {
  from: string
  rule: { name: string }
}

let violations: Violation[] = []

function plant(file: string, text: string): void {
  mkdirSync(dirname(join(PLANTED, file)), { recursive: true })
  writeFileSync(join(PLANTED, file), text)
}

function cruise(): Violation[] {
  const bin = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const args = [bin, '--config', '.dependency-cruiser.cjs', '--output-type', 'json']
  try {
    const out = execFileSync(process.execPath, [...args, 'electron', 'shared', 'renderer'], {
      cwd: PLANTED,
      maxBuffer: 64 * 2 ** 20,
    })
    return (JSON.parse(out.toString()) as { summary: { violations: Violation[] } }).summary.violations
  } catch (error) {
    const { stdout } = error as { stdout: Buffer }
    return (JSON.parse(stdout.toString()) as { summary: { violations: Violation[] } }).summary.violations
  }
}

beforeAll(() => {
  rmSync(PLANTED, { recursive: true, force: true })
  for (const file of TARGETS) plant(file, 'export const target = 1\n')
  for (const { file, imports } of Object.values(BREACHES)) {
    const extension = imports.startsWith('.') ? '.ts' : ''
    plant(file, `import * as planted from '${imports}${extension}'\nexport const kept = planted\n`)
  }
  plant('electron/engine/s.ts', "import { kept } from './r.ts'\nexport const back = kept\n")
  plant('electron/engine/innocent.ts', "import { target } from './target.ts'\nexport const kept = target\n")
  plant('package.json', '{ "dependencies": { "better-sqlite3": "*", "keytar": "*", "electron": "*" } }')
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.base.json']) {
    copyFileSync(join(ROOT, file), join(PLANTED, file))
  }
  violations = cruise()
}, 60_000)

afterAll(() => {
  rmSync(PLANTED, { recursive: true, force: true })
})

describe('layers', () => {
  it.each(config.forbidden)('$name: $comment', ({ name }) => {
    const breach = BREACHES[name]
    expect(breach, `plant a breach of ${name} in this test`).toBeDefined()
    expect(
      violations.filter((found) => found.from === breach?.file).map((found) => found.rule.name),
    ).toContain(name)
  })

  it('leaves good imports alone', () => {
    expect(violations.filter((found) => found.from === 'electron/engine/innocent.ts')).toEqual([])
  })
})
