/**
 * What a person wrote behind the program's name. A packaged console is its own program, an unpackaged one is named behind
 * Electron's; `--` keeps our options from Chromium, which has some of the same names.
 */
export function argumentsOf(argv: readonly string[], isPackaged: boolean): string[] {
  const args = argv.slice(isPackaged ? 1 : 2)
  if (args[0] === '--') args.shift()
  // Opened by its icon, it runs.
  return args.length === 0 ? ['serve'] : args
}
