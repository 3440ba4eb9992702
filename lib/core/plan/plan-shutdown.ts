import { Figure, largestOf, Part, sumOf } from '../figure';
import { isDefaultGrace } from '../manifest/toolkit-defaults';
import type { Container, PodSpec } from '../manifest/types';
import { Problem, shown } from '../problem';
import { DEFAULTS, KUBE_PROXY_DELAY, WAIT_MARGIN } from './defaults';
import type { Findings } from './finish-routes';
import type { ContainerOptions, ContainerRole, GracefulOptions, OnSigterm } from './options';
import { planPreStop } from './pre-stop';
import type { ContainerShutdown, RoutePlan, ShutdownPlan } from './rollout-plan';

/** A container with everything that is known of it. */
export interface KnownContainer {
  readonly container: Container;
  readonly name: string;
  readonly at: NonNullable<ContainerShutdown['at']>;
  readonly role: ContainerRole | 'sidecar';
  readonly options: ContainerOptions;
}

/** Every container of the pod that goes on running: the containers, and the init containers that are sidecars. */
export function knownContainers(spec: PodSpec, options: GracefulOptions): readonly KnownContainer[] {
  const containers = spec.containers ?? [];
  const known: KnownContainer[] = containers.map((container, index) => {
    const name = container.name ?? `containers[${index}]`;
    const own = options.containers?.[name];
    const serves = containers.length === 1 || (container.ports?.length ?? 0) > 0;
    return { container, name, at: { list: 'containers', index }, role: own?.role ?? (serves ? 'serves' : 'helper'), options: { ...mainOptions(options), ...own } };
  });
  (spec.initContainers ?? []).forEach((container, index) => {
    const name = container.name ?? `initContainers[${index}]`;
    if (container.restartPolicy !== 'Always') return;
    known.push({ container, name, at: { list: 'initContainers', index }, role: 'sidecar', options: options.containers?.[name] ?? {} });
  });
  return known;
}

/** What stands beside `containers` holds for every container that serves; a drain of its own does not. */
function mainOptions(options: GracefulOptions): ContainerOptions {
  const { longestRequestSeconds, onSigterm, closeNoticeSeconds, shell, drainEndpoint, preStopHook, slowestStartSeconds, warmUp, liveness, drainSeconds } = options;
  return { longestRequestSeconds, onSigterm, closeNoticeSeconds, shell, drainEndpoint, preStopHook, slowestStartSeconds, warmUp, liveness, drainSeconds };
}

/** How a pod ends: each container's wait and drain, and the grace period that holds them all. */
export function planShutdown(
  known: readonly KnownContainer[], spec: PodSpec, routes: readonly Pick<RoutePlan, 'service' | 'delay'>[], options: GracefulOptions, findings: Findings,
): ShutdownPlan {
  const delay = slowestDelay(routes, known);
  const nativeSleep = minorOf(options.kubernetes) >= 30;
  const servers = known.filter(({ role }) => role === 'serves').map((one) => planServer(one, delay, options, nativeSleep, findings));
  const slowest = largestOf(servers.map((one) => sumOf('preStop wait + drain', [...one.wait.parts, ...one.drain.parts])));
  const proxies = known.filter(({ role }) => role === 'proxy').map((one) => planProxy(one, slowest, nativeSleep, findings.problems));
  const helpers = known.filter(({ role }) => role === 'helper').map((one) => planHelper(one));
  const sidecars = known.filter(({ role }) => role === 'sidecar').map((one) => planHelper(one));
  const injected = (options.injectedSidecars ?? []).map((one) => planInjected(one, slowest, findings.problems));
  const containers = [...servers, ...proxies, ...helpers, ...sidecars, ...injected];
  const wait = largestOf(servers.map((one) => one.wait));
  const drain = largestOf(servers.map((one) => one.drain));
  return { wait, drain, containers, terminationGracePeriodSeconds: planGrace(containers, spec, options, findings) };
}

/** The slowest way in decides; a port that no Service is known for may still be used inside the cluster; without a port nobody comes. */
function slowestDelay(routes: readonly Pick<RoutePlan, 'service' | 'delay'>[], known: readonly KnownContainer[]): Figure {
  if (routes.length > 0) return largestOf(routes.map((route) => route.delay));
  const reachable = known.some(({ container, role }) => role === 'serves' && (container.ports?.length ?? 0) > 0);
  return reachable ? sumOf('no Service is known, but a port is open', [KUBE_PROXY_DELAY]) : sumOf('nobody connects to these pods', []);
}

/** The minor version of `major.minor`. */
export function minorOf(kubernetes: string = DEFAULTS.kubernetes): number {
  return Number(kubernetes.split('.')[1]);
}

function planServer(known: KnownContainer, delay: Figure, options: GracefulOptions, nativeSleep: boolean, findings: Findings): ContainerShutdown {
  const { container, name, at, options: own } = known;
  const onSigterm = own.onSigterm ?? 'drains';
  const work = workParts(onSigterm, own, options);
  const before: Part[] = delay.value === 0 ? [] : [...delay.parts, WAIT_MARGIN];
  const waited = sumOf(onSigterm === 'exits' ? 'delay + wait margin + what is in flight, as it exits at once' : 'delay + wait margin', [
    ...before, ...onSigterm === 'exits' ? work : [],
  ]);
  if (onSigterm === 'exits' && delay.value > 0) findings.warnings.push(saysNoClose(name));
  const hook = planPreStop({ container, options: own, waitSeconds: waited.value, nativeSleep }, findings.problems);
  const spare: Part[] = hook.waitSeconds === waited.value ? [] : [{ label: 'longer wait', value: hook.waitSeconds - waited.value, source: hook.because ?? 'manifest' }];
  return {
    name, role: 'serves', onSigterm, at, preStop: hook.preStop,
    wait: sumOf(waited.formula, [...waited.parts, ...spare]),
    drain: onSigterm === 'exits' ? sumOf('nothing: it exits on SIGTERM', []) : sumOf(work.length > 1 ? 'close notice + what is in flight' : 'what is in flight', work),
  };
}

/** What has to end before the application does. */
function workParts(onSigterm: OnSigterm, own: ContainerOptions, { longConnection }: GracefulOptions): readonly Part[] {
  const request: Part = {
    label: 'longest request', value: own.longestRequestSeconds ?? DEFAULTS.longestRequestSeconds, source: sourceOf('longestRequestSeconds', own.longestRequestSeconds),
  };
  const notice: Part = {
    label: 'close notice', value: own.closeNoticeSeconds ?? DEFAULTS.closeNoticeSeconds, source: sourceOf('closeNoticeSeconds', own.closeNoticeSeconds),
  };
  const noticed = onSigterm === 'drains' && notice.value > 0 ? [notice] : [];
  const session = longConnection?.longestSessionSeconds ?? 0;
  if (session > request.value) return [...noticed, { label: 'longest session', value: session, source: 'author: longConnection.longestSessionSeconds' }];
  const handOver = longConnection?.handOverSeconds ?? 0;
  // Clients move while the notice is given, so the two run side by side.
  const beside = noticed.length > 0 ? notice.value + request.value : request.value;
  if (handOver > beside) return [{ label: 'hand-over', value: handOver, source: 'author: longConnection.handOverSeconds' }];
  return [...noticed, request];
}

function sourceOf(option: keyof ContainerOptions, value: number | undefined): string {
  return value === undefined ? `ours: the default of ${option}` : `author: ${option}`;
}

function saysNoClose(name: string): Problem {
  return {
    id: 'no-close-notice', field: `onSigterm of container ${name}`, found: '\'exits\'', wanted: '\'drains\', with a close notice, for clients that reuse connections',
    remedy: 'Whoever sends on a reused connection in the moment of the exit gets a reset; answer with Connection: close for some seconds after SIGTERM.',
  };
}

/** A proxy that is no sidecar gets its own SIGTERM: it has to outlast the container it stands before. */
function planProxy(known: KnownContainer, slowest: Figure, nativeSleep: boolean, problems: Problem[]): ContainerShutdown {
  const { container, name, at, options } = known;
  const hook = planPreStop({ container, options, waitSeconds: slowest.value, nativeSleep }, problems);
  const parts: Part[] = [...slowest.parts];
  if (hook.waitSeconds > slowest.value) parts.push({ label: 'longer wait', value: hook.waitSeconds - slowest.value, source: hook.because ?? 'manifest' });
  return { ...planHelper(known), name, at, role: 'proxy', preStop: hook.preStop, wait: sumOf('until the container behind it has left', parts) };
}

function planHelper({ name, at, role, options, container }: KnownContainer): ContainerShutdown {
  const drainSeconds = options.drainSeconds ?? DEFAULTS.drainSeconds;
  const waitSeconds = container.lifecycle?.preStop?.sleep?.seconds ?? 0;
  const wait = waitSeconds === 0 ? [] : [{ label: `wait of ${name}`, value: waitSeconds, source: 'manifest: lifecycle.preStop' }];
  return {
    name, role, at, onSigterm: options.onSigterm ?? 'drains', preStop: container.lifecycle?.preStop, wait: sumOf('its own wait', wait),
    drain: sumOf('its own drain', [{ label: `drain of ${name}`, value: drainSeconds, source: sourceOf('drainSeconds', options.drainSeconds) }]),
  };
}

type Injected = NonNullable<GracefulOptions['injectedSidecars']>[number];

function planInjected({ name, drainSeconds, native }: Injected, slowest: Figure, problems: Problem[]): ContainerShutdown {
  const drain = sumOf('its own drain', [{ label: `drain of ${name}`, value: drainSeconds, source: 'author: injectedSidecars' }]);
  if (!native && drainSeconds < slowest.value) {
    problems.push({
      id: 'sidecar-leaves-first', field: `injectedSidecars: drainSeconds of ${name}`, found: shown(drainSeconds),
      wanted: `at least ${slowest.value}, as it gets SIGTERM at the deletion, while the application still answers through it`,
      remedy: 'Raise it where its injector is configured (Istio: terminationDrainDuration), or inject it as a native sidecar, which leaves last.',
    });
  }
  return { name, role: native ? 'sidecar' : 'injected', onSigterm: 'drains', wait: sumOf('it does not wait', []), drain };
}

function planGrace(containers: readonly ContainerShutdown[], spec: PodSpec, options: GracefulOptions, { problems }: Findings): Figure {
  const needed = (one: ContainerShutdown) => sumOf('', [...one.wait.parts, ...one.drain.parts]);
  const longest = largestOf(containers.filter((one) => one.role !== 'sidecar').map(needed));
  // Sidecars get SIGTERM one after the other, once every container has left (KEP-753).
  const after = containers.filter((one) => one.role === 'sidecar').flatMap((one) => one.drain.parts);
  const margin: Part = {
    label: 'margin', value: options.marginSeconds ?? DEFAULTS.marginSeconds,
    source: options.marginSeconds === undefined ? 'ours: the kubelet counts whole seconds from when it hears of the deletion' : 'author: marginSeconds',
  };
  const formula = after.length > 0 ? 'preStop wait + drain + sidecars\' drains + margin' : 'preStop wait + drain + margin';
  const sum = sumOf(formula, [...longest.parts, ...after, margin]);
  const said = options.terminationGracePeriodSeconds;
  if (said !== undefined && said < sum.value) problems.push(graceTooShort(said, sum));
  const standing = isDefaultGrace(spec) ? 0 : spec.terminationGracePeriodSeconds ?? 0;
  const value = Math.max(sum.value, said ?? 0, standing);
  if (value === sum.value) return sum;
  const source = said === value ? 'author: terminationGracePeriodSeconds' : 'manifest: terminationGracePeriodSeconds';
  return sumOf(formula, [...sum.parts, { label: 'longer grace', value: value - sum.value, source }]);
}

function graceTooShort(said: number, sum: Figure): Problem {
  return {
    id: 'grace-too-short', field: 'terminationGracePeriodSeconds', found: shown(said),
    wanted: `at least ${sum.value}: ${sum.parts.map((part) => `${part.value} s ${part.label}`).join(' + ')}`,
    remedy: 'Leave it out to get the sum, or shorten what it is made of.',
  };
}
