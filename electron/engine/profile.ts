import { parse as parseLosslessly } from 'lossless-json'
import { Failure } from '../../shared/api/failure.ts'
import { profileSchema, type Profile } from '../../shared/api/profile.ts'
import type { Upstream } from '../upstreams/upstream.ts'
import { lostKey, lostKeyWords } from '../upstreams/kit/lostKey.ts'
import { upstreamOf, upstreams } from '../upstreams/index.ts'
import { problemsOf, sentenceOf, type Problem } from './problems.ts'
import { shortened } from './shortened.ts'

/** What a text is as a profile: a good one, or what is wrong with it. */
export type CheckedProfile = { profile: Profile; problems: [] } | { profile: null; problems: Problem[] }

/** Reads the text of a profile; fails with `usage` and every problem with its place. */
export function readProfile(text: string, fileName: string): Profile {
  const { profile, problems } = checkProfile(text)
  if (profile !== null) return profile
  throw new Failure('usage', `${fileName} is not a good profile: ${sentenceOf(problems)}`, {
    tip: 'Mend the places named and try again; the README shows a whole profile.',
    facts: { file: fileName, problems: problems.length },
  })
}

/** Finds everything that is wrong with the text of a profile, which may begin with the mark of an editor of Windows. */
export function checkProfile(marked: string): CheckedProfile {
  const text = marked.replace(/^\uFEFF/, '')
  const broken = notJson(text)
  if (broken !== null) return { profile: null, problems: [{ place: '', sentence: broken }] }
  const written: unknown = JSON.parse(text)
  const parsed = profileSchema.safeParse(written)
  if (!parsed.success) return { profile: null, problems: problemsOf(parsed.error) }
  const problems = [
    ...parsed.data.connections.flatMap((_, index) => connectionProblems(parsed.data, index)),
    ...approvalProblems(parsed.data),
  ]
  return problems.length === 0 ? { profile: parsed.data, problems: [] } : { profile: null, problems }
}

/** Where the JSON breaks off, or a key would be lost, without quoting values: they may be what nobody should read. */
function notJson(text: string): string | null {
  try {
    // Its message tells the place, that of the other not always; keys are looked at below.
    parseLosslessly(text, null, { onDuplicateKey: ({ newValue }) => newValue })
    JSON.parse(text)
    const lost = lostKey(text)
    return lost === null ? null : `${lostKeyWords(lost)}.`
  } catch (reason) {
    const at = reason instanceof Error ? /at position (\d+)$/.exec(reason.message)?.[1] : undefined
    if (at === undefined) return 'This is not JSON; a profile is one JSON object.'
    const line = text.slice(0, Number(at)).split('\n').length
    return `This is not JSON from line ${line} on; a profile is one JSON object.`
  }
}

function connectionProblems(profile: Profile, index: number): Problem[] {
  const connection = profile.connections[index]
  if (connection === undefined) return []
  const place = `connections[${index}]`
  const problems: Problem[] = []
  if (profile.connections.findIndex(({ id }) => id.toLowerCase() === connection.id.toLowerCase()) < index) {
    problems.push({
      place: `${place}.id`,
      sentence: `“${connection.id}” is taken; each connection needs its own.`,
    })
  }
  for (const key of ['url', 'restUrl'] as const) {
    const url = connection[key]
    const sentence = url === undefined ? null : wrongInUrl(url)
    if (sentence !== null) problems.push({ place: `${place}.${key}`, sentence })
  }
  return [...problems, ...systemProblems(upstreamOf(connection.system), connection, index)]
}

function systemProblems(
  upstream: Upstream,
  connection: Profile['connections'][number],
  index: number,
): Problem[] {
  const settings = upstream.settings.safeParse(connection.settings ?? {})
  const problems = settings.success ? [] : problemsOf(settings.error, ['connections', index, 'settings'])
  if (upstream.credential === 'required' && connection.credential === 'none') {
    problems.push({
      place: `connections[${index}].credential`,
      sentence: `${upstream.label} needs a credential; write “keychain” or “env:NAME”.`,
    })
  }
  return problems
}

/** A misspelt name would leave the command that it means without its second person. */
function approvalProblems({ approvals }: Profile): Problem[] {
  const commands = upstreams.flatMap((upstream) => upstream.commands ?? [])
  const known = new Set(commands.filter(({ effect }) => effect === 'changes').map(({ name }) => name))
  return (approvals?.commands ?? []).flatMap((name, index) =>
    known.has(name)
      ? []
      : [
          {
            place: `approvals.commands[${index}]`,
            sentence: `“${shortened(name)}” is no command that changes anything; there are ${[...known].sort().join(', ')}.`,
          },
        ],
  )
}

/** What may not stand in the URL of a connection, as a sentence; the paths of its system are put behind it. */
function wrongInUrl(url: string): string | null {
  const { protocol, username, password } = new URL(url)
  if (username !== '' || password !== '') {
    return 'A user name or password never stands in a profile; use “keychain” or “env:NAME”.'
  }
  if (!/^(?:https?|wss?):\/\//.test(url)) return `It begins with “${protocol}//”, in lower case.`
  return /[?#]/.test(url)
    ? 'It ends before “?” and “#”, since paths are put behind it; a key never stands in a profile.'
    : null
}
