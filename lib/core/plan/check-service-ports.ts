import type { PodSpec, Service } from '../manifest/types';
import type { Problem } from '../problem';

type Ports = NonNullable<NonNullable<Service['spec']>['ports']>;

const NO_PORTS: Ports = [];

/** Ports of a Service that every API server refuses, and those that lead nowhere. */
export function checkServicePorts({ metadata, spec: { ports, clusterIP } = {} }: Service, pod: PodSpec, problems: Problem[]): void {
  const field = `spec.ports of Service/${metadata?.name}`;
  if (!ports?.length && clusterIP !== 'None') {
    problems.push({ id: 'missing-port', field, wanted: 'a list with at least one port', found: 'none', remedy: 'Say which port clients use.' });
  }
  for (const { port, targetPort } of ports ?? NO_PORTS) {
    if ((port ?? undefined) === undefined) problems.push({ id: 'missing-port', field, wanted: 'given a port each', found: 'one without', remedy: 'Say which port clients use.' });
    if (typeof targetPort === 'string') checkNamedPort(targetPort, pod, field, problems);
  }
  if (ports && ports.length > 1) checkSeveral(ports, field, problems);
}

/** A port by name leads nowhere unless a container has that name; nothing refuses such a Service. */
function checkNamedPort(targetPort: string, pod: PodSpec, field: string, problems: Problem[]): void {
  const names = namesOfPorts(pod);
  if (names.includes(targetPort)) return;
  problems.push({
    id: 'missing-port', field, wanted: `a targetPort that a container has: ${names.length > 0 ? names.join(', ') : 'none has a name'}`, found: `'${targetPort}'`,
    remedy: 'Name the container\'s port so, or use its number.',
  });
}

function namesOfPorts({ containers = [], initContainers = [] }: PodSpec): readonly string[] {
  const running = [...containers ?? [], ...(initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always')];
  return running.flatMap((container) => container.ports ?? []).flatMap(({ name }) => name ?? []);
}

/** @see https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services */
function checkSeveral(ports: Ports, field: string, problems: Problem[]): void {
  const nameless = ports.filter(({ name }) => !name);
  if (nameless.length > 0) {
    problems.push({
      id: 'missing-name', field, wanted: 'given a name each: every API server refuses several ports without', found: `none for ${nameless.map(keyOf).join(' and ')}`,
      remedy: 'Give name in the manifest; in a Service of this library portName, and name in bind().',
    });
  }
  for (const name of twice(ports.flatMap(({ name: one }) => one || []))) {
    problems.push({
      id: 'contradicting-fields', field, wanted: 'given a name of its own each: every API server refuses two of one', found: `'${name}' twice`, remedy: 'Rename one.',
    });
  }
  for (const one of twice(ports.filter(({ port }) => (port ?? undefined) !== undefined).map(keyOf))) {
    problems.push({
      id: 'contradicting-fields', field, wanted: 'given a port and protocol of its own each: every API server refuses two of one', found: `${one} twice`, remedy: 'Remove one.',
    });
  }
}

function keyOf({ port, protocol }: Ports[number]): string {
  return `${protocol ?? 'TCP'} ${port}`;
}

/** What stands in a list more than once, each once. */
function twice(list: readonly string[]): ReadonlySet<string> {
  return new Set(list.filter((one, index) => list.indexOf(one) !== index));
}
