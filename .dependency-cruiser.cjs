/** The one direction of imports: motion <- contract <- native-model <- cli. See docs/architecture.md. */
module.exports = {
  forbidden: [
    {
      name: 'motion-is-pure',
      severity: 'error',
      comment: 'motion/ is the pure domain: it must run in a browser, a worker and Node alike, so it imports nothing outside itself.',
      from: { path: '^motion/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^motion/' },
    },
    {
      name: 'contract-knows-only-motion',
      severity: 'error',
      comment: 'contract/ is plain data shared by both sides of a process border; only motion types and the schema library belong in it.',
      from: { path: '^contract/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^contract/', '^motion/', 'node_modules/zod'] },
    },
    {
      name: 'engine-knows-no-host',
      severity: 'error',
      comment: 'native-model/ is the engine: it must not know which host (cli, server, electron) drives it.',
      from: { path: '^native-model/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(cli|server|electron|renderer|bench|test)/' },
    },
    {
      name: 'nobody-imports-a-host',
      severity: 'error',
      comment: 'Only tests and benchmarks may import from cli/.',
      from: { pathNot: '^(cli|bench|test)/|\\.test\\.ts$' },
      to: { path: '^cli/' },
    },
    { name: 'no-circular', severity: 'error', comment: 'A cycle means two files are one idea.', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|work|training)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
