import { Figure, largestOf, Part, sumOf } from '../figure';
import type { PodSpec } from '../manifest/types';
import { Problem, shown } from '../problem';
import { DEFAULTS, KUBE_PROXY_DELAY, WAIT_MARGIN } from './defaults';
import type { Findings } from './finish-routes';
import { keptTooShort } from './kept-too-short';
import { KnownContainer } from './known-containers';
import { minorOf } from './minor-of';
import type { ContainerOptions, GracefulOptions, OnSigterm } from './options';
import { planGrace } from './plan-grace';
import { checkHook, HookRequest, PlannedHook, planPreStop } from './pre-stop';
import type { ContainerShutdown, ShutdownPlan } from './rollout-plan';
import { standingWait } from './standing-wait';

/** What a shutdown is planned from. */
export interface ShutdownRequest {
  readonly known: readonly KnownContainer[];
  readonly spec: PodSpec;
  readonly routes: readonly { readonly delay: Figure }[];
  readonly options: GracefulOptions;
  /** Fields that the manifest keeps as they are. */
  readonly kept: Readonly<Record<string, string>>;
}

/** How a pod ends: each container's wait and drain, and the grace period that holds them all. */
export function planShutdown(request: ShutdownRequest, findings: Findings): ShutdownPlan {
  const { known, options } = request;
  const delay = slowestDelay(request);
  const hooks = { nativeSleep: minorOf(options.kubernetes) >= 30, kept: 'preStop' in request.kept };
  const of = (role: KnownContainer['role']) => known.filter((one) => one.role === role);
  const servers = of('serves').map((one) => planServer(one, delay, options, hooks, findings));
  const slowest = largestOf(servers.map((one) => sumOf('preStop wait + drain', [...one.wait.parts, ...one.drain.parts])));
  const containers = [
    ...servers,
    ...of('proxy').map((one) => planProxy(one, slowest, hooks, findings)),
    ...[...of('helper'), ...of('sidecar')].map((one) => {
      checkHook(one.container.lifecycle?.preStop ?? undefined, `lifecycle.preStop of container ${one.name}`, hooks.kept, findings.problems);
      if (!hooks.kept) adviseHook(one, findings.warnings);
      return planHelper(one);
    }),
    ...(options.injectedSidecars ?? []).map((one) => planInjected(one, slowest, findings.problems)),
  ];
  const wait = largestOf(servers.map((one) => one.wait));
  const drain = largestOf(servers.map((one) => one.drain));
  return { wait, drain, containers, terminationGracePeriodSeconds: planGrace(containers, request, findings) };
}

/** The slowest way in decides; a port that no Service is known for may still be used inside the cluster; without a port nobody comes. */
function slowestDelay({ routes, known }: ShutdownRequest): Figure {
  if (routes.length > 0) return largestOf(routes.map((route) => route.delay));
  const reachable = known.some(({ container, role }) => role === 'serves' && (container.ports?.length ?? 0) > 0);
  return reachable ? sumOf('no Service is known, but a port is open', [KUBE_PROXY_DELAY]) : sumOf('nobody connects to these pods', []);
}

type Hooks = Pick<HookRequest, 'nativeSleep' | 'kept'>;

function planServer(known: KnownContainer, delay: Figure, options: GracefulOptions, hooks: Hooks, findings: Findings): ContainerShutdown {
  const { container, name, at, options: own } = known;
  const onSigterm = own.onSigterm ?? 'drains';
  const work = workParts(onSigterm, own, options);
  const before: Part[] = delay.value === 0 ? [] : [...delay.parts, WAIT_MARGIN];
  const exits = onSigterm === 'exits';
  const waited = sumOf(exits ? 'delay + wait margin + what is in flight, as it exits at once' : 'delay + wait margin', [...before, ...exits ? work : []]);
  if (onSigterm !== 'drains' && delay.value > 0) findings.warnings.push(saysNoClose(name, onSigterm));
  // Sessions have an end or a word of their own.
  else if (own.closeNoticeSeconds === 0 && delay.value > 0 && !options.longConnection) findings.warnings.push(givesNoNotice(name));
  const hook = planPreStop({ container, options: own, waitSeconds: waited.value, ...hooks }, findings.problems);
  adviseExec(known, hook, findings.warnings);
  if (hooks.kept && hook.waitSeconds < waited.value) findings.warnings.push(keptTooShort(`lifecycle.preStop of container ${name}`, hook.waitSeconds, waited));
  return {
    name, role: 'serves', onSigterm, at, preStop: hook.preStop, wait: sumOf(waited.formula, [...waited.parts, ...otherWait(hook, waited)]),
    drain: exits ? sumOf('nothing: it exits on SIGTERM', []) : sumOf(work.length > 1 ? 'close notice + what is in flight' : 'what is in flight', work),
  };
}

/** What a hook takes beyond the sum; below it only where the manifest keeps the hook. */
function otherWait(hook: PlannedHook, waited: Figure): readonly Part[] {
  const value = hook.waitSeconds - waited.value;
  return value === 0 ? [] : [{ label: value > 0 ? 'longer wait' : 'shorter wait', value, source: hook.because ?? 'manifest' }];
}

/** A command that the image does not have fails, and SIGTERM comes at once: the wait would only stand on paper. */
function adviseExec({ name, options }: KnownContainer, { preStop }: PlannedHook, warnings: Problem[]): void {
  const command = preStop?.exec?.command;
  if (!command || options.shell || !standingWait(preStop)) return;
  const program = command[0].split('/').pop();
  warnings.push({
    id: 'needs-program', field: `lifecycle.preStop of container ${name}`, found: shown(command), wanted: `run in an image that has ${program}, or SIGTERM comes at once`,
    remedy: 'Say shell: true if the image has a shell and sleep; else remove the hook: from Kubernetes 1.30 on, preStop.sleep needs nothing of the image.',
  });
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

function saysNoClose(name: string, onSigterm: OnSigterm): Problem {
  return {
    id: 'no-close-notice', field: `onSigterm of container ${name}`, found: `'${onSigterm}'`, wanted: '\'drains\', with a close notice, for clients that reuse connections',
    remedy: `Whoever sends on a reused connection in the moment of ${onSigterm === 'exits' ? 'the exit' : 'SIGKILL'} gets a reset; answer with Connection: close for some seconds after SIGTERM.`,
  };
}

function givesNoNotice(name: string): Problem {
  return {
    id: 'no-close-notice', field: `closeNoticeSeconds of container ${name}`, found: '0', wanted: 'above 0, for clients that reuse connections',
    remedy: 'Whoever sends on a reused connection in the moment that the application closes it gets no answer; let it answer with '
      + 'Connection: close for some seconds after SIGTERM, and say for how many.',
  };
}

/** A proxy that is no sidecar gets its own SIGTERM: it has to outlast the container it stands before. */
function planProxy(known: KnownContainer, slowest: Figure, hooks: Hooks, { problems, warnings }: Findings): ContainerShutdown {
  const { container, options } = known;
  const hook = planPreStop({ container, options, waitSeconds: slowest.value, ...hooks }, problems);
  adviseExec(known, hook, warnings);
  const parts = [...slowest.parts, ...otherWait(hook, slowest)];
  return { ...planHelper(known), preStop: hook.preStop, wait: sumOf('until the container behind it has left', parts) };
}

/** A hook that is no wait takes as long as its author says: of no length that is known, it would count for nothing. */
function adviseHook({ name, container, options }: KnownContainer, warnings: Problem[]): void {
  const hook = container.lifecycle?.preStop ?? undefined;
  if (!hook?.exec && !hook?.httpGet || options.preStopHook || standingWait(hook)) return;
  warnings.push({
    id: 'own-hook', field: `lifecycle.preStop of container ${name}`, found: shown(hook), wanted: 'told by preStopHook, so that the grace period has room for it',
    remedy: `Say with containers: { ${name}: { preStopHook: ... } } how long it takes: until then it counts for 0 s.`,
  });
}

/** Nobody comes to it, so it does not wait; a hook that it has already takes its time all the same. */
function planHelper({ name, at, role, options, container }: KnownContainer): ContainerShutdown {
  const drainSeconds = options.drainSeconds ?? DEFAULTS.drainSeconds;
  const hook = container.lifecycle?.preStop ?? undefined;
  const waitSeconds = (standingWait(hook)?.seconds ?? 0) + (hook && options.preStopHook ? options.preStopHook.longestSeconds : 0);
  const wait = waitSeconds === 0 ? [] : [{ label: `wait of ${name}`, value: waitSeconds, source: 'manifest: lifecycle.preStop' }];
  return {
    name, role, at, onSigterm: options.onSigterm ?? 'drains', preStop: hook, wait: sumOf('its own wait', wait),
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
