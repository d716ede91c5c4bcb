/** Who runs a program in place of the one who runs the tests. */
type Other = 'ordinary user' | 'root without rights'

/**
 * The command line that runs a program as another. `ordinary user`: neither root nor owner of anything, yet able to read
 * a checkout that only root may enter. `root without rights`: what the modes of files forbid is forbidden to it too. Whoever
 * is no root already is both.
 */
export function asOther(other: Other, command: readonly string[]): { program: string; args: string[] } {
  const whole =
    process.getuid?.() === 0 ? ['/usr/bin/setpriv', ...SETPRIV[other], '--', ...command] : [...command]
  const [program = '', ...args] = whole
  return { program, args }
}

const SETPRIV: Record<Other, readonly string[]> = {
  'ordinary user': [
    '--reuid=65534',
    '--regid=65534',
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
  ],
  'root without rights': ['--inh-caps=-all', '--bounding-set=-all'],
}
