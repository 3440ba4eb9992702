import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from './web';

const folder = join(__dirname, '..', '..', '..', 'examples');

/** The examples of the repository, by name. */
export function exampleNames(): string[] {
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'expected.yaml')));
}

/** What an example renders, as its expected.yaml says (the example's own test holds it to that). */
export function exampleManifests(name: string): Manifest[] {
  return parseAllDocuments(readFileSync(join(folder, name, 'expected.yaml'), 'utf8')).map((document) => document.toJS() as Manifest);
}

interface Container {
  readonly ports?: readonly { readonly containerPort: number }[];
  readonly env?: readonly object[];
}

interface Workload extends Manifest {
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
}

/**
 * The same manifests with the lab's web image in place of the example's, which no registry here has: image, pull policy and
 * environment change, and nothing else.
 */
export function forLab(manifests: readonly Manifest[], env: Readonly<Record<string, string>> = {}): Manifest[] {
  return manifests.map((manifest) => manifest.kind === 'Deployment' ? withWebImage(manifest as Workload, env) : manifest);
}

function withWebImage(deployment: Workload, env: Readonly<Record<string, string>>): Manifest {
  const containers = deployment.spec.template.spec.containers.map((container) => ({
    ...container,
    image: 'lab/web:1',
    imagePullPolicy: 'Never',
    env: Object.entries({ PORT: `${container.ports?.[0].containerPort}`, ...env }).map(([key, value]) => ({ name: key, value })),
  }));
  return changed(deployment, 'spec.template.spec.containers', containers);
}

/** A copy of plain data with the value at a path (`a.b.0.c`) replaced, or left out where it is undefined. */
export function changed<T>(data: T, path: string, value: unknown): T {
  const copy = structuredClone(data);
  const keys = path.split('.');
  const last = keys.pop()!;
  const parent = keys.reduce((at, key) => at[key] as Record<string, unknown>, copy as Record<string, unknown>);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}
