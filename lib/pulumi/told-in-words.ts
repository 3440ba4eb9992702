import type * as pulumi from '@pulumi/pulumi';
import type { Container, ContainerOptions, GracefulOptions, Service, Workload } from '../core/index';
import type { Told } from './plan-deployment';
import { copyOf, whenKnown } from './when-known';

/** What the end of a container is made of; and how long it takes to start, for which the provider waits. */
const OF_A_CONTAINER = [
  'longestRequestSeconds', 'onSigterm', 'closeNoticeSeconds', 'drainEndpoint', 'role', 'drainSeconds', 'slowestStartSeconds',
] as const;

/** The same of a pod, and the ways to it. Any other option is about a manifest that has not come: to judge it now is to guess. */
const OF_A_POD = [
  ...OF_A_CONTAINER, 'injectedSidecars', 'marginSeconds', 'longConnection', 'traffic', 'terminationGracePeriodSeconds',
  'soakSeconds', 'minReadySeconds', 'scheduleSeconds', 'progressDeadlineSeconds',
] as const;

/** A port, as a container declares it. */
type Port = NonNullable<Container['ports']>[number];

/**
 * What is told of a Deployment that has not come yet, as far as a Service before it needs that: the grace period and the ways in. Its
 * containers are those that the options name, with the ports that they name.
 *
 * @param targets Ports that a Service leads to by name. @default - none
 */
export function toldInWords(name: string, options: GracefulOptions, targets: pulumi.Input<readonly Port[]> = []): Told {
  const containers = Object.entries(options.containers ?? {}).map(([one, own]) => [one, picked(own ?? {}, OF_A_CONTAINER)] as const);
  const words = { ...picked(options, OF_A_POD), ...options.containers && { containers: Object.fromEntries(containers) } };
  const named = containers.map(([one, own]) => containerOf(one, { ...options, ...own }, isHelper(own) ? undefined : targets));
  const main = containers.some(([, own]) => serves(own)) ? [] : [containerOf('main', options, targets)];
  const spec = { template: { spec: { containers: [...main, ...named] } } };
  return { name, options: words, workload: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name }, spec } as Workload };
}

/** The ports that a Service leads to by name; whether a container has them is judged once it has come. */
export function targetsOf(spec: unknown): pulumi.Input<readonly Port[]> {
  return whenKnown<{ spec: Service['spec'] }, readonly Port[]>({ spec }, (known) => (known.spec?.ports ?? [])
    .flatMap(({ targetPort }) => typeof targetPort === 'string' ? [{ name: targetPort, containerPort: 1 }] : []));
}

/** Only of what serves no clients is it told how long it drains, and then a port would make it one that does. */
function isHelper({ role, drainSeconds }: ContainerOptions): boolean {
  return role === undefined && drainSeconds !== undefined;
}

function serves(own: ContainerOptions): boolean {
  return (own.role ?? 'serves') === 'serves' && !isHelper(own);
}

function containerOf(name: string, { drainEndpoint }: ContainerOptions, targets: pulumi.Input<readonly Port[]> | undefined): object {
  if (targets === undefined) return { name };
  const asked = typeof drainEndpoint?.port === 'string' ? [{ name: drainEndpoint.port, containerPort: 1 }] : [];
  const ports = whenKnown<{ targets: readonly Port[] }, readonly Port[]>({ targets },
    (known) => [{ containerPort: 1 }, ...asked, ...copyOf(known.targets ?? [])]);
  return { name, ports };
}

function picked<T extends object>(options: T, fields: readonly (keyof T)[]): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([field]) => fields.includes(field as keyof T))) as Partial<T>;
}
