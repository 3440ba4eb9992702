import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadESLint, type Linter } from 'eslint';
import { allowedErrors, impureGlobals, rooms } from '../../projenrc/walls';

const root = join(__dirname, '..', '..');

/** Lints text as if it stood in a file of the repository; rules that need types are off, so the file need not exist. */
async function rulesBroken(filePath: string, text: string): Promise<string[]> {
  const LegacyESLint = await loadESLint({ useFlatConfig: false });
  const linter = new LegacyESLint({
    cwd: root,
    overrideConfig: {
      parserOptions: { project: null },
      rules: {
        '@typescript-eslint/no-floating-promises': 'off', '@typescript-eslint/return-await': 'off', 'import/no-extraneous-dependencies': 'off',
      },
    } as Linter.LegacyConfig,
  });
  const [result] = await linter.lintText(text, { filePath: join(root, filePath) });
  return [...new Set(result.messages.map(({ ruleId, message }) => ruleId ?? message))];
}

describe('packages', () => {
  const foreign = ['cdk8s', 'cdk8s-plus-28', 'constructs', '@pulumi/kubernetes', 'undici', 'yaml', 'node:fs', 'fs', 'kube-graceful'];
  const allowed: Record<string, string[]> = {
    'lib/index.ts': [],
    'lib/core/new.ts': [],
    'lib/core/plan/new.ts': [],
    'lib/cdk8s/new.ts': ['cdk8s', 'cdk8s-plus-28', 'constructs'],
    'lib/cdk8s/mixin/new.ts': ['cdk8s', 'constructs'],
    'lib/pulumi/new.ts': ['@pulumi/kubernetes'],
    'lib/report/new.ts': [],
    'lib/drill/new.ts': ['node:fs'],
    'lib/cli/new.ts': ['yaml', 'node:fs'],
  };

  test.each(Object.entries(allowed))('%s imports only %j', async (file, packages) => {
    const silent = [];
    for (const name of foreign) {
      if (!(await rulesBroken(file, `import '${name}';\n`)).includes('no-restricted-imports')) silent.push(name);
    }
    expect(silent).toEqual([...packages].sort((a, b) => foreign.indexOf(a) - foreign.indexOf(b)));
  });
});

describe('rooms', () => {
  const lib = join(root, 'lib');

  test('each folder of lib has its wall', () => {
    const folders = readdirSync(lib, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(folders.length).toBeGreaterThan(0);
    expect(folders.filter((name) => !(name in rooms))).toEqual([]);
  });

  test('each wall has its folder', () => {
    expect(Object.keys(rooms).filter((name) => !existsSync(join(lib, name)))).toEqual([]);
  });

  test.each([
    ['lib/core/new.ts', '../drill/index', 'core imports no other room'],
    ['lib/core/new.ts', '../../test/docs/walls.test', 'lib imports nothing outside lib'],
    ['lib/index.ts', './drill/index', 'the root is the core'],
    ['lib/cdk8s/new.ts', '../drill/index', 'no adapter imports another'],
    ['lib/cdk8s/new.ts', '../core/problem', 'an adapter does not reach into the core'],
    ['lib/cdk8s/mixin/new.ts', '../../core/problem', 'nor does the mixin'],
    ['lib/pulumi/new.ts', '../drill/index', 'no adapter imports another'],
    ['lib/pulumi/new.ts', '../core/problem', 'an adapter does not reach into the core'],
    ['lib/drill/new.ts', '../core/problem', 'an adapter does not reach into the core'],
    ['lib/report/new.ts', '../drill/index', 'report imports only the core'],
    ['lib/cli/new.ts', '../drill/load', 'the command line takes rooms by their index'],
  ])('%s may not import %s: %s', async (file, imported) => {
    expect(await rulesBroken(file, `import '${imported}';\n`)).toContain('import/no-restricted-paths');
  });

  test.each([
    ['lib/core/plan/new.ts', '../problem'],
    ['lib/index.ts', './core/index'],
    ['lib/cdk8s/new.ts', '../core/index'],
    ['lib/cdk8s/mixin/new.ts', '../../core/index'],
    ['lib/drill/new.ts', './load'],
    ['lib/cli/new.ts', '../drill/index'],
  ])('%s may import %s', async (file, imported) => {
    expect(await rulesBroken(file, `import '${imported}';\n`)).not.toContain('import/no-restricted-paths');
  });
});

describe('code', () => {
  test.each(['Error', 'TypeError', 'RangeError', 'SyntaxError', 'SomeOtherError'])('lib never makes a %s', async (name) => {
    expect(await rulesBroken('lib/core/new.ts', `throw new ${name}('x');\n`)).toEqual(['no-restricted-syntax']);
    expect(await rulesBroken('lib/drill/new.ts', `throw ${name}('x');\n`)).toEqual(['no-restricted-syntax']);
  });

  test.each(allowedErrors)('lib throws %s', async (name) => {
    expect(await rulesBroken('lib/core/new.ts', `import { ${name} } from './problem';\nthrow new ${name}('x');\n`))
      .toEqual([]);
  });

  test.each(impureGlobals)('the core never touches %s', async (name) => {
    expect(await rulesBroken('lib/core/new.ts', `export const x = ${name};\n`)).toContain('no-restricted-globals');
  });

  test('the core has no randomness', async () => {
    expect(await rulesBroken('lib/core/new.ts', 'export const x = Math.random();\n')).toEqual(['no-restricted-properties']);
  });

  test('lib imports at the top of a file', async () => {
    expect(await rulesBroken('lib/core/new.ts', "export const x = import('./problem');\n")).toEqual(['no-restricted-syntax']);
    expect(await rulesBroken('lib/core/new.ts', "export type X = import('./problem').Problem;\n")).toEqual(['no-restricted-syntax']);
  });

  test('lib has no any', async () => {
    expect(await rulesBroken('lib/core/new.ts', 'export type X = any;\n')).toEqual(['@typescript-eslint/no-explicit-any']);
  });

  test('a file has at most 250 lines, a function 50, a line 140 characters', async () => {
    expect(await rulesBroken('lib/core/new.ts', 'export const x = 1;\n')).toEqual([]);
    expect(await rulesBroken('lib/core/new.ts', `// ${'\n//'.repeat(250)}\n`)).toEqual(expect.arrayContaining(['max-lines']));
    expect(await rulesBroken('lib/core/new.ts', `export function f() {\n${'  f();\n'.repeat(50)}}\n`)).toEqual(['max-lines-per-function']);
    expect(await rulesBroken('lib/core/new.ts', `// ${'x'.repeat(138)}\n`)).toEqual(['@stylistic/max-len']);
  });
});
