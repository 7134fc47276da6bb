// Who may import whom. Read by `npm run layers`; tests/repository/layers.test.ts proves that it refuses what it should.
// TypeScript is read by swc, since dependency-cruiser does not know TypeScript 7.

/** Layer -> the layers that it may import from. A layer may always import from itself. */
const layers = {
  'core/config': [],
  'core/network': ['core/config'],
  'core/airgap': [],
  'core/guard': ['core/config', 'core/network'],
  'core/compliance': ['core/config', 'core/network'],
  'core/risk': ['core/config', 'core/network'],
  'core/backends': ['core/config', 'core/network', 'core/airgap'],
  'core/intent': ['core/config', 'core/guard', 'core/airgap'],
  'core/evidence': ['core/airgap'],
  'core/orchestrator': [
    'core/config',
    'core/network',
    'core/airgap',
    'core/guard',
    'core/compliance',
    'core/risk',
    'core/backends',
    'core/intent',
    'core/evidence',
  ],
  'core/promote': ['core/evidence', 'core/risk', 'core/airgap'],
  server: ['core'],
  client: ['server/protocol'],
};

/** What reaches outside the process, and the only files of core that may import it. */
const gates = [
  {
    name: 'processes',
    modules: ['child_process', 'cluster', 'execa'],
    files: ['core/(backends/[^/]+|intent|promote)/process'],
  },
  {
    name: 'sockets',
    modules: ['net', 'tls', 'http', 'https', 'http2', 'dgram', 'dns', 'dns/promises', 'undici'],
    files: ['core/(backends/[^/]+|intent|promote)/socket', 'core/evidence/timestamp-client'],
  },
  {
    name: 'files',
    modules: ['fs', 'fs/promises'],
    // The pure layers take files as arguments; in these folders one named file each does the reading and writing.
    files: ['core/(backends/[^/]+|evidence|orchestrator|promote)/(files|key-store|ledger-store)'],
  },
];

const alternatives = (names) => names.map((name) => name.replaceAll('/', '\\/')).join('|');
const ours = '^(core|server|client|tests|labs|\\.scripts)/';
const tests = '(\\.test\\.ts$|/fixtures/)';

const layerRules = Object.entries(layers).map(([layer, allowed]) => ({
  name: `layer ${layer}`,
  comment: `${layer} may import from ${allowed.length > 0 ? allowed.join(', ') : 'nothing of ours'}.`,
  severity: 'error',
  // A test beside its source may build its input with any part of core; the program may not.
  from: { path: `^${layer}/`, pathNot: tests },
  to: { path: ours, pathNot: `^(${alternatives([layer, ...allowed])})(/|\\.ts$)` },
}));

const gateRules = gates.map(({ name, modules, files }) => ({
  name: `core ${name}`,
  comment: `Within core only ${files.join(', ')} may use ${modules.join(', ')}.`,
  severity: 'error',
  from: { path: '^core/', pathNot: [tests, ...files.map((file) => `^${file}\\.ts$`)] },
  to: { path: `(^(node:)?(${alternatives(modules)})$|(^|/)node_modules/(${alternatives(modules)})/)` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...layerRules,
    ...gateRules,
    {
      name: 'core stands alone',
      comment: 'core knows neither an editor nor a front door, in its tests neither.',
      severity: 'error',
      from: { path: '^core/' },
      to: { path: '(^(server|client)/|^vscode|(^|/)node_modules/(@types/)?vscode)' },
    },
    {
      name: 'core has named parts',
      comment: 'A folder of core that has no row in the table of layers is not a part.',
      severity: 'error',
      from: { path: '^core/', pathNot: `^(${alternatives(Object.keys(layers))})/` },
      to: {},
    },
    {
      name: 'only the client imports vscode',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '(^vscode$|(^|/)node_modules/@types/vscode/)' },
    },
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no unresolvable import',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
    {
      name: 'no development package in the program',
      comment: 'What the program imports is listed under dependencies.',
      severity: 'error',
      from: { path: '^(core|server|client)/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: ['^vscode$', '@types/vscode'] },
    },
  ],
  options: {
    parser: 'swc',
    // Types count: an import of a type makes one part depend on another as much as an import of a function.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.test-output)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
};
