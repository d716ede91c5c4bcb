/** One rule, one sentence. The tree and its reasons stand in README.md; `test/house/layers.test.ts` plants a breach of each. */
const anySystem = '^electron/upstreams/(?!kit/)([^/]+)/'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'intent-knows-nothing',
      comment: 'shared/intent is the ground: it may import the shape of nothing else.',
      severity: 'error',
      from: { path: '^shared/intent/', pathNot: '[.]test[.]ts$' },
      to: { pathNot: '^shared/intent/' },
    },
    {
      name: 'shared-is-pure',
      comment: 'shared may import shared, the contract library and zod: it runs in every process.',
      severity: 'error',
      from: { path: '^shared/', pathNot: '[.]test[.]ts$' },
      to: { pathNot: '^(shared/|node_modules/(@orpc/contract|zod)/)' },
    },
    {
      name: 'page-reaches-only-shared',
      comment: 'The page is a web page: of our own code it may import shared only.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(electron|test)/' },
    },
    {
      name: 'page-has-no-node',
      comment: 'The page runs where there is no Node.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '[.]test[.]tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'parts-know-no-data',
      comment: 'Parts take props and give events: they know neither host, replica nor views.',
      severity: 'error',
      from: { path: '^renderer/parts/' },
      to: { path: '^renderer/(host|views|frame)/' },
    },
    {
      name: 'replica-knows-no-view',
      comment: 'The replica mirrors the engine for whoever looks.',
      severity: 'error',
      from: { path: '^renderer/replica/' },
      to: { path: '^renderer/(views|parts|frame)/' },
    },
    {
      name: 'views-are-neighbours',
      comment:
        'A view is reached through the router or its one exported component, never through its insides.',
      severity: 'error',
      from: { path: '^renderer/views/([^/]+)/' },
      to: {
        path: '^renderer/views/([^/]+)/',
        pathNot:
          '^renderer/views/($1/|(intent/IntentView|watching/WatchDialog|acting/(OfferedCommands|BulkDialog)|telling/[^/]+)[.]tsx?$)',
      },
    },
    {
      name: 'systems-do-not-know-each-other',
      comment: 'An adapter may import its own folder, the kit, upstream.ts, command.ts and shared.',
      severity: 'error',
      from: { path: anySystem },
      to: {
        path: '^(electron|renderer)/',
        pathNot: '^electron/upstreams/($1/|kit/|(upstream|command)[.]ts$)',
      },
    },
    {
      name: 'kit-has-no-business-names',
      comment: 'The kit is mechanics for every adapter.',
      severity: 'error',
      from: { path: '^electron/upstreams/kit/' },
      to: { path: '^(electron|renderer)/', pathNot: '^electron/upstreams/(kit/|(upstream|command)[.]ts$)' },
    },
    {
      name: 'store-knows-only-shared',
      comment: 'Store, vault and evidence serve the engine and know nobody but shared.',
      severity: 'error',
      from: { path: '^electron/(store|vault|evidence)/', pathNot: '[.]test[.]ts$' },
      to: { path: '^(electron|renderer|test)/', pathNot: '^electron/$1/' },
    },
    {
      name: 'engine-knows-no-host',
      comment: 'The engine does not know who carries its answers, nor where the other end is a sandbox.',
      severity: 'error',
      from: { path: '^electron/engine/' },
      to: { path: '^electron/(host|shell|cli|sandbox)(/|[.]ts$)' },
    },
    {
      name: 'sandbox-imports-no-adapter',
      comment: 'Otherwise one wrong belief about the wire stands on both sides and every test is green.',
      severity: 'error',
      from: { path: '^electron/sandbox/' },
      to: { path: '^(electron|shared|renderer)/', pathNot: '^electron/sandbox/' },
    },
    {
      name: 'only-roots-start-the-sandbox',
      comment: 'The demo connects to it over sockets like to any other system.',
      severity: 'error',
      from: {
        path: '^(electron|renderer|shared)/',
        pathNot: '^electron/(sandbox/|cli/|cli[.]ts$|main[.]ts$)',
      },
      to: { path: '^electron/sandbox/' },
    },
    {
      name: 'sqlite-in-store-only',
      comment: 'Only the store names the database.',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: '^electron/store/' },
      to: { path: 'node_modules/better-sqlite3/' },
    },
    {
      name: 'keytar-in-vault-only',
      comment: 'Only the vault names the keychain.',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: '^electron/vault/' },
      to: { path: 'node_modules/(keytar|@github/keytar)/' },
    },
    {
      name: 'viem-clients-in-evidence-only',
      comment: 'Asking a chain is evidence; encoding and decoding (viem/utils) is for everybody.',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: '^electron/evidence/|[.]test[.]tsx?$' },
      to: {
        path: 'node_modules/viem/',
        pathNot: 'node_modules/viem/_[a-z]+/utils/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'electron-in-shell-only',
      comment: 'Everything else also runs under plain Node or in a browser.',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: '^electron/(shell/|main[.]ts$|preload[.]ts$)' },
      to: { path: 'node_modules/electron/' },
    },
    {
      name: 'shell-takes-electron-as-types',
      comment:
        'The root hands the shell its parts of Electron, so that the shell loads and is tested without it.',
      severity: 'error',
      from: { path: '^electron/shell/' },
      to: { path: 'node_modules/electron/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-main-opens-the-shell',
      comment: 'The command line and the browser host carry nothing of the desktop window.',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: '^electron/(shell/|main[.]ts$)' },
      to: { path: '^electron/shell/' },
    },
    {
      name: 'nobody-imports-tests',
      comment: 'Tests may import anything; nothing imports them.',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: '[.]test[.]tsx?$' },
      to: { path: '^test/|[.]test[.]tsx?$' },
    },
    {
      name: 'no-circles',
      comment: 'A fact travels forwards only; a circle of values has no first step.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'declared-packages-only',
      comment: 'What is imported stands in package.json.',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: '[.]test[.]tsx?$' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/house/planted/|^out/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
    tsConfig: { fileName: 'tsconfig.base.json' },
  },
}
