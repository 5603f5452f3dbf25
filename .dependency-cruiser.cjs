/** The dependency rule of docs/architecture.md: bin -> infra | cli -> functions -> adapters -> ports -> core. */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^lib/core' },
      to: {
        path: '.+',
        pathNot: [
          '^lib/core',
          'node_modules/zod',
          'node_modules/ulid',
          'node_modules/ipaddr.js',
          'node_modules/(vitest|fast-check|@vitest)',
          '^(node:)?(zlib|crypto|buffer)$',
        ],
      },
    },
    {
      name: 'ports-are-types',
      severity: 'error',
      from: { path: '^lib/ports' },
      to: { pathNot: ['^lib/core', '^lib/ports'] },
    },
    {
      name: 'adapters-do-not-meet',
      severity: 'error',
      from: { path: '^lib/adapters/([^/]+)/' },
      to: { path: '^lib/adapters/', pathNot: '^lib/adapters/$1/' },
    },
    {
      name: 'functions-do-not-meet',
      severity: 'error',
      from: { path: '^functions/([^/]+)/' },
      to: { path: '^functions/', pathNot: '^functions/$1/' },
    },
    {
      name: 'infra-only-from-bin',
      severity: 'error',
      from: { pathNot: ['^lib/infra', '^bin', '^test/infra'] },
      to: { path: '^lib/infra' },
    },
    {
      name: 'cdk-only-in-infra',
      severity: 'error',
      from: { pathNot: ['^lib/infra', '^bin', '^test/infra'] },
      to: { path: 'node_modules/(aws-cdk-lib|constructs|cdk-nag)' },
    },
    {
      name: 'local-tooling-stays-local',
      severity: 'error',
      from: { path: '^(functions|lib/(core|ports|adapters|runtime|infra))' },
      to: { path: '^lib/(local|cli)' },
    },
    {
      name: 'ships-no-dev-dependency',
      severity: 'error',
      from: { path: '^(functions|lib/(core|ports|adapters|runtime))', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
