/**
 * The walls of the house as lint rules: what each folder of lib/ may import (the table in ARCHITECTURE.md).
 * `test/docs/walls.test.ts` shows that each one fires.
 */
interface Room {
  /** Other rooms it may use, each only through its index.ts. */
  readonly rooms: readonly string[];
  /** Packages it may import, as regular expressions. */
  readonly packages: readonly string[];
}

const anyNodeModule = 'node:.+';

/** Folders of lib/. */
export const rooms: Readonly<Record<string, Room>> = {
  'core': { rooms: [], packages: [] },
  'cdk8s': { rooms: ['core', 'cdk8s/mixin'], packages: ['cdk8s', 'constructs'] },
  'cdk8s/mixin': { rooms: ['core'], packages: ['cdk8s', 'constructs'] },
  'pulumi': { rooms: ['core'], packages: ['@pulumi/[^/]+(/.+)?'] },
  'report': { rooms: ['core'], packages: [] },
  'drill': { rooms: ['core', 'report'], packages: [anyNodeModule] },
  'cli': { rooms: ['core', 'report', 'drill'], packages: ['yaml', anyNodeModule] },
};

/** The only files that may import cdk8s-plus-28: those of the typed subclasses. */
const typedSubclasses = 'lib/cdk8s/*.ts';

/** Zones for `import/no-restricted-paths`, which sees relative imports. */
export function zones() {
  return [
    { target: './lib', from: './', except: ['./lib', './node_modules'], message: 'lib/ imports nothing of this repository outside lib/.' },
    { target: './lib/index.ts', from: './lib', except: ['./core/index.ts'], message: 'The root entry is lib/core and nothing else.' },
    ...Object.entries(rooms).map(([name, room]) => ({
      target: `./lib/${name}`,
      from: './lib',
      except: [`./${name}`, ...room.rooms.map((other) => `./${other}/index.ts`)],
      message: room.rooms.length === 0
        ? `lib/${name} imports nothing outside lib/${name}.`
        : `Of the rest of lib/, lib/${name} imports only ${room.rooms.map((other) => `lib/${other}/index`).join(' and ')}.`,
    })),
  ];
}

/** `no-restricted-imports`, which sees package names, for each room. */
export function packageOverrides() {
  const overrides = Object.entries(rooms).map(([name, { packages }]) => onlyPackages([`lib/${name}/**/*.ts`, `lib/${name}/*.ts`], `lib/${name}`, packages));
  return [
    onlyPackages(['lib/index.ts'], 'lib/index.ts', []),
    ...overrides,
    onlyPackages([typedSubclasses], 'lib/cdk8s', [...rooms.cdk8s.packages, 'cdk8s-plus-28']),
  ];
}

function onlyPackages(files: string[], name: string, packages: readonly string[]) {
  const regex = packages.length === 0 ? '^[^.]' : `^(?!\\.)(?!(?:${packages.join('|')})$)`;
  const message = packages.length === 0 ? `${name} imports no package and no node: module.` : `${name} imports only these packages: ${packages.join(', ')}.`;
  return { files, rules: { 'no-restricted-imports': ['error', { patterns: [{ regex, message }] }] } };
}

/** What would make two runs of the core differ, or keep it out of a browser. */
export const impureGlobals = [
  'Buffer', 'Date', 'Intl', 'clearInterval', 'clearTimeout', 'console', 'crypto', 'fetch', 'globalThis', 'performance', 'process', 'queueMicrotask',
  'require', 'setImmediate', 'setInterval', 'setTimeout',
];

/** The errors of lib/: a caller can tell them apart, and each message has our grammar (CONTRIBUTING.md, "Errors"). */
export const allowedErrors = ['DrillError', 'InvalidInputError', 'KubectlError', 'PlanRefusedError'];

const otherErrors = `[callee.name=/Error$/][callee.name!=/^(${allowedErrors.join('|')})$/]`;
const restricted = (selector: string, message: string) => ({ selector, message });

/** `no-restricted-syntax` for all of lib/. */
export const restrictedSyntax = [
  restricted(`NewExpression${otherErrors}`, `Use one of our own errors: ${allowedErrors.join(', ')}.`),
  restricted(`CallExpression${otherErrors}`, `Use one of our own errors, with new: ${allowedErrors.join(', ')}.`),
  restricted('ImportExpression', 'Import at the top of the file, where the walls are checked.'),
  restricted('TSImportType', 'Import types at the top of the file, where the walls are checked.'),
];
