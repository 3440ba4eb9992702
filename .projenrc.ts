import { javascript, typescript } from 'projen';
import { impureGlobals, packageOverrides, restrictedSyntax, zones } from './projenrc/walls';

/** Each public entry of the package beside the root: a folder of lib/ with an index.ts. */
const subpaths = ['cdk8s', 'cdk8s/mixin', 'drill', 'pulumi'];
const entry = (path: string) => ({ types: `./dist/${path}index.d.ts`, default: `./dist/${path}index.js` });
const optionalPeers = ['cdk8s', 'cdk8s-plus-28', 'constructs', '@pulumi/kubernetes', '@pulumi/pulumi'];

const project = new typescript.TypeScriptProject({
  name: 'kube-graceful',
  description: 'Rollouts on Kubernetes that drop nothing: typed constructs for cdk8s and Pulumi, planned as one timing budget',
  keywords: ['kubernetes', 'cdk8s', 'pulumi', 'zero-downtime', 'graceful-shutdown', 'rolling-update', 'load-balancer'],
  license: 'Apache-2.0',
  copyrightOwner: 'The kube-graceful authors',
  packageManager: javascript.NodePackageManager.NPM,
  defaultReleaseBranch: 'main',
  projenrcTs: true,
  srcdir: 'lib',
  libdir: 'dist',
  entrypoint: 'dist/index.js',
  artifactsDirectory: 'artifacts',
  testdir: 'test',
  sampleCode: false,
  readme: undefined,
  github: false,
  release: false,
  depsUpgrade: false,
  minNodeVersion: '20.19.0',
  typescriptVersion: '~6.0.3',
  deps: ['yaml@^2.9.1'], // the command reads files; nothing else loads it
  bin: { 'kube-graceful': './dist/cli/bin.js' },
  peerDeps: ['cdk8s@^2.68.12', 'cdk8s-plus-28@^2.5.6', 'constructs@^10.5.0', '@pulumi/kubernetes@^4.6.0', '@pulumi/pulumi@^3.200.0'],
  peerDependencyOptions: { pinnedDevDependency: false },
  devDeps: [
    '@types/node@^20', 'cdk8s@^2.70.106', 'cdk8s-cli@^2.207.60', 'constructs@^10.8.1', 'fast-check@^4',
    'axe-core@^4', 'playwright-core@^1.65.1', // a drill's page in a real browser
    '@jest/test-sequencer@^30', // which end-to-end tests run side by side
    'cdk8s-plus-28@^2.5.6', 'cdk8s-plus-29@^2', 'cdk8s-plus-30@^2', 'cdk8s-plus-31@^2', 'cdk8s-plus-32@^2', 'cdk8s-plus-33@^2', 'cdk8s-plus-34@^2',
    '@pulumi/kubernetes@~4.34.2', '@pulumi/pulumi@~3.248.0',
  ],
  typecheckTests: true,
  tsconfig: {
    compilerOptions: {
      target: 'ES2022', lib: ['ES2022'], module: 'Node16', moduleResolution: javascript.TypeScriptModuleResolution.NODE16, skipLibCheck: true,
    },
  },
  tsconfigDevFile: 'tsconfig.dev.json', // tests, examples, scripts and bench in one program; it knows the package by its name, too
  tsconfigDev: {
    compilerOptions: { isolatedModules: true, paths: { 'kube-graceful': ['./lib/index.ts'], 'kube-graceful/*': ['./lib/*/index.ts'] } },
    include: ['.projenrc.ts'],
    exclude: ['dist', 'artifacts', 'examples/*/dist'],
  },
  eslintOptions: {
    dirs: ['lib'],
    devdirs: ['test', 'examples', 'scripts', 'bench', 'plugin'],
    tsconfigPath: './tsconfig.dev.json',
    projectService: false,
    commandOptions: { fix: false }, // `npm run eslint -- --fix` where you want it
  },
  jestOptions: {
    junitReporting: false,
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      collectCoverage: false,
      testPathIgnorePatterns: ['/node_modules/', '/test/e2e/'],
      testMatch: ['<rootDir>/(test|examples)/**/*.test.ts'],
      moduleNameMapper: { '^kube-graceful$': '<rootDir>/lib/index.ts', '^kube-graceful/(.*)$': '<rootDir>/lib/$1/index.ts' },
    },
  },
});

project.eslint?.addRules({
  'import/no-restricted-paths': ['error', { zones: zones() }],
  'max-lines': ['error', { max: 250 }],
  '@stylistic/max-len': ['error', { code: 140, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true }],
  '@stylistic/object-property-newline': 'off',
  '@typescript-eslint/no-unused-expressions': 'error',
  'import/order': ['error', { groups: ['builtin', ['external', 'internal', 'unknown'], ['parent', 'sibling', 'index']] }],
  'curly': ['error', 'multi-line'],
  'no-bitwise': 'off',
});
project.eslint?.addOverride({
  files: ['lib/**/*.ts'],
  rules: {
    'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
    'no-restricted-syntax': ['error', ...restrictedSyntax],
    '@typescript-eslint/no-explicit-any': 'error',
  },
});
project.eslint?.addOverride({
  files: ['lib/core/**/*.ts'],
  rules: {
    'no-restricted-globals': ['error', ...impureGlobals],
    'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'The core gives equal output for equal input.' }],
  },
});
for (const override of packageOverrides()) project.eslint?.addOverride(override as javascript.EslintOverride);

project.addTask('example', { description: 'Synthesize and explain an example', exec: 'ts-node -T scripts/example.ts', receiveArgs: true });
project.addTask('bench', {
  description: 'Compare the time of synthesis with the same by hand',
  steps: [
    { exec: 'tsc --build' },
    // A heap with room, so that no case pays for collecting what another left behind.
    { exec: 'node --max-semi-space-size=128 --initial-heap-size=3000 -r ts-node/register/transpile-only bench/bench.ts' },
  ],
});
project.addTask('docs', { description: 'Check the doc comments of everything exported', exec: 'ts-node -T scripts/check-docs.ts' });
project.addTask('e2e', {
  description: 'Roll the examples on a live cluster under load', exec: 'test/e2e/run', receiveArgs: true,
});

project.addTask('matrix', {
  description: 'Measure what clients lose, by manifest, way in and disruption', exec: 'test/matrix/run', receiveArgs: true,
});

project.package.addField('type', 'commonjs');
project.package.addField('peerDependenciesMeta', Object.fromEntries(optionalPeers.map((name) => [name, { optional: true }])));
project.package.addField('exports', {
  '.': entry(''),
  ...Object.fromEntries(subpaths.map((path) => [`./${path}`, entry(`${path}/`)])),
  './package.json': './package.json',
});
project.package.addField('typesVersions', { '*': Object.fromEntries(subpaths.map((path) => [path, [`./dist/${path}/index.d.ts`]])) });
project.package.addField('files', ['dist/**/*.js', 'dist/**/*.d.ts', 'CHANGELOG.md']);
project.package.addField('allowScripts', { '@pulumi/kubernetes': false, 'protobufjs': false });
project.package.addPackageResolutions('unrs-resolver@1.12.2'); // the newest release of some of its platform packages is missing
project.npmrc.addConfig('ignore-scripts', 'true');
project.npmrc.addConfig('fund', 'false');
project.npmrc.addConfig('audit', 'false');
project.npmignore?.addPatterns('/examples/', '/artifacts/', '*.tgz');
project.gitignore.addPatterns('/artifacts/', '/examples/*/dist/');
project.synth();
