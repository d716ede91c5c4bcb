import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..', '..')

/** Paths of a checkout as the page writes them. */
const PATH = /\b(?:test|electron|shared|renderer)\/[\w/.-]+/g

/** Columns of a promise's row: id, promise, test, control, command. */
const COLUMNS = 5

/** What is wrong with the page of promises, given the ids that it must have: one sentence each. */
export function complaintsAbout(page: string, ids: readonly string[]): string[] {
  const rows = page.split('\n').filter((line) => /^\| [A-Z]\d+ /.test(line))
  const byId = Map.groupBy(rows, (row) => /\w+/.exec(row)?.[0] ?? '')
  const promised = rows.map(cellsOf).filter((cells) => cells.length > 2)
  return [
    ...ids.filter((id) => byId.get(id)?.length !== 1).map((id) => `${id} has not exactly one row.`),
    ...[...byId.keys()].filter((id) => !ids.includes(id)).map((id) => `${id} is no promise.`),
    ...(page.match(PATH) ?? [])
      .filter((path) => !existsSync(join(ROOT, path)))
      .map((path) => `${path} does not exist.`),
    ...promised.flatMap(complaintsAboutRow),
  ]
}

function cellsOf(row: string): string[] {
  return row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim())
}

function complaintsAboutRow(cells: readonly string[]): string[] {
  const [id = '', , test = '', control = '', command = ''] = cells
  if (cells.length !== COLUMNS) return [`${id} has ${cells.length} columns.`]
  const source = filesIn(`${test} ${control}`).map((path) => readFileSync(join(ROOT, path), 'utf8'))
  const names = [...namesIn(test), ...namesIn(control)]
  return [
    ...(namesIn(test).length === 0 ? [`${id} names no test.`] : []),
    ...(control === '' ? [`${id} has no positive control.`] : []),
    ...names.filter((name) => !source.join().includes(name)).map((name) => `${id}: no test “${name}”.`),
    ...(/npx vitest run .*\.test\.ts/.test(command) ? [] : [`${id} does not say what runs it.`]),
  ]
}

function filesIn(text: string): string[] {
  return (text.match(PATH) ?? []).filter((path) => existsSync(join(ROOT, path)))
}

/** Names of tests, in quotes that may stand inside each other. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/“((?:[^“”]|“[^“”]*”)+)”/g)].map(([, name = '']) => name)
}
