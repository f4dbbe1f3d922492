/** Who may import whom: docs/architecture.md, "Who may import whom". */
const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to })
const any = (...folders) => `^(${folders.join('|')})/`

module.exports = {
  forbidden: [
    rule(
      'core-is-pure',
      { path: '^core/' },
      { pathNot: '^core/|^node_modules/zod/' },
      'core knows only itself and zod',
    ),
    rule(
      'db-below-main',
      { path: '^db/' },
      { path: any('main', 'renderer', 'preload') },
      'db never looks up',
    ),
    rule(
      'electron-only-in-shell',
      { path: '.', pathNot: '^(main/shell/|main/index\\.ts|preload/)' },
      { path: '^node_modules/electron(-updater)?/|^electron$' },
      'Electron stays in the shell',
    ),
    rule(
      'features-use-ports',
      { path: '^main/features/' },
      {
        path: any(
          'main/protocols',
          'main/providers',
          'main/shell',
          'main/serve',
          'main/cli',
          'main/practice',
        ),
      },
      'features reach the world through ports',
    ),
    rule(
      'features-use-index',
      { path: '^main/features/([^/]+)/' },
      { path: '^main/features/([^/]+)/', pathNot: '^main/features/($1/|[^/]+/(index|ports)\\.ts$)' },
      'another feature is used by its index.ts',
    ),
    rule(
      'adapters-know-no-features',
      { path: any('main/protocols', 'main/providers', 'main/ipc') },
      { path: any('main/features', 'db', 'main/shell'), pathNot: '^main/features/[^/]+/ports\\.ts$' },
      'adapters know ports only',
    ),
    rule('shell-has-no-sql', { path: '^main/shell/' }, { path: '^db/' }, 'the shell is thin'),
    rule(
      'main-never-imports-renderer',
      { path: '^main/' },
      { path: any('renderer', 'preload') },
      'the contract is between them',
    ),
    rule(
      'preload-is-tiny',
      { path: '^preload/' },
      { pathNot: '^preload/|^core/contract/wire\\.ts$|electron' },
      'the preload knows the wire only',
    ),
    rule(
      'renderer-sees-core-only',
      { path: '^renderer/' },
      { path: any('main', 'db', 'preload') },
      'the renderer calls the contract',
    ),
    rule(
      'renderer-has-no-node',
      { path: '^renderer/' },
      { dependencyTypes: ['core'] },
      'no node modules in the page',
    ),
    rule(
      'renderer-features-use-index',
      { path: '^renderer/features/([^/]+)/' },
      { path: '^renderer/features/([^/]+)/', pathNot: '^renderer/features/($1/|[^/]+/index\\.tsx?$)' },
      'another feature is used by its index',
    ),
    rule(
      'no-cycles',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
      'data goes one way',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
