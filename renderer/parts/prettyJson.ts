/** Two blanks a level: deep payloads still fit beside the decoded form. */
const INDENT = '  '

/**
 * JSON text laid out on lines. Only white space between values is touched: numbers of any size, escapes, repeated keys
 * and their order stay exactly as they came. Null when the text is not JSON.
 */
export function prettyJson(text: string): string | null {
  if (!isJson(text)) return null
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? []
  let depth = 0
  let laid = ''
  tokens.forEach((token, at) => {
    const before = tokens[at - 1]
    if (token === '}' || token === ']') {
      depth -= 1
      if (before !== '{' && before !== '[') laid += lineAt(depth)
    } else if (before === '{' || before === '[' || before === ',') {
      laid += lineAt(depth)
    }
    laid += token === ':' ? ': ' : token
    if (token === '{' || token === '[') depth += 1
  })
  return laid
}

function lineAt(depth: number): string {
  return `\n${INDENT.repeat(depth)}`
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
