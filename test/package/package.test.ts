import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Packed, node, tsc } from './packed';

jest.setTimeout(120_000);

const everyPeer = ['cdk8s', 'constructs', 'cdk8s-plus-28', '@pulumi/kubernetes', '@pulumi/pulumi'];

let packed: Packed;
beforeAll(async () => { packed = await Packed.create(); });
afterAll(() => packed?.remove());

describe('the tarball', () => {
  test('holds compiled code and what a reader needs, nothing else', () => {
    expect(packed.files.filter((file) => !/^dist\/.+\.(js|d\.ts)$/.test(file))).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
  });

  test('has the files that its entries name', () => {
    const { exports, typesVersions } = packed.manifest;
    const named = Object.values(exports).flatMap((entry) => typeof entry === 'string' ? [entry] : Object.values(entry));
    expect([...named, ...Object.values(typesVersions['*']).flat()].filter((file) => !existsSync(join(packed.path, file)))).toEqual([]);
  });
});

const imports = `
import * as cdk8s from 'cdk8s';
import { Inventory, planRollout } from 'kube-graceful';
import { GracefulDeployment } from 'kube-graceful/cdk8s';
import { GracefulRollouts } from 'kube-graceful/cdk8s/mixin';
`;
const requires = imports.replace(/import (?:\* as )?(.+) from ('.+');/g, 'const $1 = require($2);');

/** What a reader of the README might write: a construct, the mixin and the core, in one go. */
const body = `
const app = new cdk8s.App();
const chart = new cdk8s.Chart(app, 'shop', { disableResourceNameHashes: true });
new GracefulDeployment(chart, 'web', { containers: [{ image: 'shop/web:1.4', ports: [{ number: 8080 }] }] });
app.with(new GracefulRollouts());
const manifest = chart.toJson().find(({ kind }) => kind === 'Deployment');
const plan = planRollout({}, new Inventory([manifest]).contextOf(manifest));
console.log(plan.workload, 'waits', manifest.spec.template.spec.containers[0].lifecycle.preStop.sleep.seconds);
`;
const printed = 'Deployment/shop-web waits 7\n';

describe('JavaScript', () => {
  test.each([['main.cjs', requires + body], ['main.mjs', imports + body]])('%s uses it', async (file, text) => {
    const project = packed.project(file, everyPeer, { [file]: text });
    expect(await node(project, file)).toBe(printed);
  });
});

describe('TypeScript', () => {
  test.each([
    ['node10', 'main.ts', { module: 'commonjs', moduleResolution: 'node10', ignoreDeprecations: '6.0' }, 'commonjs', 'main.js'],
    ['node16', 'main.ts', { module: 'node16', moduleResolution: 'node16' }, 'commonjs', 'main.js'],
    ['node16', 'main.mts', { module: 'node16', moduleResolution: 'node16' }, 'commonjs', 'main.mjs'],
    ['bundler', 'main.ts', { module: 'esnext', moduleResolution: 'bundler' }, 'module', 'main.js'],
  ])('with module resolution %s, %s compiles and runs', async (name, source, options, type, output) => {
    const project = packed.project(`${name}-${source}`, [...everyPeer, '@types/node'], {
      'package.json': JSON.stringify({ type }),
      'tsconfig.json': JSON.stringify({
        compilerOptions: { target: 'es2022', lib: ['es2022'], types: ['node'], strict: true, skipLibCheck: true, outDir: 'out', rootDir: '.', ...options },
        files: [source],
      }),
      [source]: imports + body,
    });
    await tsc(project);
    expect(await node(project, join('out', output))).toBe(printed);
  });
});

describe('a project with cdk8s-plus-33 alone', () => {
  const peers = ['cdk8s', 'constructs', 'cdk8s-plus-33'];
  const harden = `
import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-33';
import { GracefulRollouts } from 'kube-graceful/cdk8s/mixin';

const app = new cdk8s.App();
const chart = new cdk8s.Chart(app, 'shop');
new kplus.Deployment(chart, 'web', { containers: [{ image: 'shop/web:1.4', portNumber: 8080 }], select: true });
app.with(new GracefulRollouts());
console.log(JSON.stringify(chart.toJson()[0].spec.template.spec.containers[0].lifecycle));
`;

  test('uses the mixin', async () => {
    const project = packed.project('mixin', peers, { 'main.mjs': harden });
    expect(JSON.parse(await node(project, 'main.mjs'))).toEqual({ preStop: { sleep: { seconds: 7 } } });
  });

  test('cannot load the typed constructs, which need cdk8s-plus-28', async () => {
    const project = packed.project('no-28', peers, { 'main.cjs': "require('kube-graceful/cdk8s');" });
    await expect(node(project, 'main.cjs')).rejects.toThrow("Cannot find module 'cdk8s-plus-28'");
  });
});

describe('what an entry loads', () => {
  const watched = [...everyPeer, 'undici', 'yaml'];
  const entries = [
    ['kube-graceful', []],
    ['kube-graceful/cdk8s', ['cdk8s', 'cdk8s-plus-28', 'constructs']],
    ['kube-graceful/cdk8s/mixin', ['cdk8s', 'constructs']],
    ['kube-graceful/drill', []],
    ['kube-graceful/pulumi', ['@pulumi/kubernetes', '@pulumi/pulumi']],
  ] as const;

  test('is known for each', () => {
    const paths = Object.keys(packed.manifest.exports).filter((path) => path !== './package.json');
    expect(paths.map((path) => path.replace(/^\./, 'kube-graceful'))).toEqual(entries.map(([entry]) => entry));
  });

  test.each(entries)('%s loads %j', async (entry, packages) => {
    const report = `
      require('${entry}');
      const names = Object.keys(require.cache).map((file) => /node_modules[\\\\/]((?:@[^\\\\/]+[\\\\/])?[^\\\\/]+)/.exec(file)?.[1]).filter(Boolean);
      console.log(JSON.stringify([...new Set(names)].map((name) => name.replace('\\\\', '/')).sort()));
    `;
    const project = packed.project(`loads-${entry.replaceAll('/', '-')}`, [...everyPeer, 'undici', 'yaml'], { 'main.cjs': report });
    const loaded: string[] = JSON.parse(await node(project, 'main.cjs'));
    expect(loaded.filter((name) => watched.includes(name))).toEqual(packages);
    if (!packages.some((name) => name.startsWith('@pulumi'))) expect(loaded).toEqual([...packages, 'kube-graceful'].sort());
  });
});
