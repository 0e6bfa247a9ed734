/** The module table: who may import whom. `types` may be imported as types only. Everything not named is forbidden. */
const PURE = ['policy', 'understanding', 'dialogue', 'outreach'].map((name) => `src/${name}/`);
const PORTS = 'src/app/(out)?ports[.]ts$';

const MODULES = [
  { name: 'policy', own: 'src/policy/' },
  { name: 'understanding', own: 'src/understanding/', may: ['src/policy/'] },
  { name: 'dialogue', own: 'src/dialogue/', may: ['src/understanding/', 'src/policy/'] },
  { name: 'outreach', own: 'src/outreach/', may: ['src/policy/'], types: ['src/dialogue/'] },
  {
    name: 'conversations',
    own: 'conversations/',
    may: ['src/dialogue/'],
    types: ['src/policy/', 'src/understanding/'],
  },
  { name: 'app', own: 'src/app/', may: PURE },
  { name: 'content', own: 'src/content/', may: PURE },
  { name: 'stores', own: 'src/stores/', may: [PORTS], types: PURE },
  { name: 'channels', own: 'src/channels/', may: [PORTS], types: PURE },
  { name: 'config', own: 'src/config[.]ts$' },
  { name: 'commands', own: 'src/(cli/|main[.]ts$)', may: ['src/', 'conversations/'] },
];

const OURS = '^(src|conversations|test|bench|soak|scripts)/';
const anyOf = (paths) => `^(${paths.join('|')})`;

const moduleRules = MODULES.flatMap(({ name, own, may = [], types = [] }) => [
  {
    name: `${name}-imports`,
    comment: `${name} may import ${[...may, ...types].join(', ') || 'nothing of ours'}`,
    severity: 'error',
    from: { path: anyOf([own]) },
    to: { path: OURS, pathNot: anyOf([own, ...may, ...types]) },
  },
  ...(types.length === 0
    ? []
    : [
        {
          name: `${name}-imports-types-only`,
          comment: `${name} may import only types from ${types.join(', ')}`,
          severity: 'error',
          from: { path: anyOf([own]) },
          to: { path: anyOf(types), pathNot: anyOf([own, ...may]), dependencyTypesNot: ['type-only'] },
        },
      ]),
]);

const FUNCTIONAL = anyOf([...PURE, 'conversations/']);
const ENTRIES = anyOf([
  'src/main[.]ts$',
  'src/cli/(chat|check|bureau|doctor|store)[.]ts$',
  'src/content/compile[.]ts$',
]);

module.exports = {
  forbidden: [
    ...moduleRules,
    {
      name: 'pure-no-built-ins',
      comment: 'the core does no input or output of its own',
      severity: 'error',
      from: { path: FUNCTIONAL },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-third-party',
      comment: 'the core uses zod, date-fns, @date-fns/tz and minisearch only',
      severity: 'error',
      from: { path: FUNCTIONAL },
      to: { path: 'node_modules/', pathNot: 'node_modules/(zod|date-fns|@date-fns/tz|minisearch)/' },
    },
    {
      name: 'no-development-packages',
      comment: 'what runs must be a dependency: an installation without devDependencies has to work',
      severity: 'error',
      from: { path: '^(src|conversations)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'not-resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-orphans',
      comment: 'a file that imports nothing and that nothing imports',
      severity: 'error',
      from: { orphan: true, pathNot: [ENTRIES, '[.]d[.]ts$'] },
      to: {},
    },
    {
      name: 'no-unreachable',
      comment: 'a file that no command leads to; the memory store is for tests and measurements',
      severity: 'warn',
      from: { path: ENTRIES },
      to: { path: '^(src|conversations)/', pathNot: [ENTRIES, '^src/stores/memory[.]ts$'], reachable: false },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
