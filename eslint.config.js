import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const pure = 'Pure code takes the time and chance as arguments, so that a replay gives the same result.'

const noClockNoChance = [
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: pure },
  { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: pure },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: pure },
]

const house = [
  { selector: 'TSEnumDeclaration', message: 'Closed sets are string unions with an exhaustive switch.' },
  { selector: 'ExportDefaultDeclaration', message: 'The file carries the name of its export.' },
]

export default tseslint.config(
  { ignores: ['out/**', 'dist/**', 'node_modules/**', 'test/house/planted/**'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: [
          'shared/tsconfig.json',
          'electron/tsconfig.json',
          'renderer/tsconfig.json',
          'test/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 3],
      'no-restricted-syntax': ['error', ...house],
      eqeqeq: 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  {
    files: ['shared/**/*.ts', 'electron/upstreams/*/normalise.ts'],
    rules: { 'no-restricted-syntax': ['error', ...house, ...noClockNoChance] },
  },
  {
    // A suite is one long function by nature: its length says how much is tested, not how much happens at once.
    files: ['**/*.test.{ts,tsx}', 'test/**/*.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    // A table with one line for each method of the store; cut in two it would be read with a finger on each half.
    files: ['electron/store/serve.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }] },
  },
  {
    // Vitest, electron-vite and ESLint read their configuration from the default export, and electron-vite knows only the
    // older names of Vite's options.
    files: ['*.config.{ts,js}'],
    rules: { 'no-restricted-syntax': 'off', '@typescript-eslint/no-deprecated': 'off' },
  },
  {
    // Plain JavaScript: it runs before anything is built, or under an older Node, and has no types to check.
    files: ['**/*.{js,cjs}'],
    ...tseslint.configs.disableTypeChecked,
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      '@typescript-eslint/no-require-imports': 'off',
      'no-restricted-syntax': 'off',
    },
  },
)
