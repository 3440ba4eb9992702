import { failureThresholdFor, guaranteedStartSeconds } from '../budget/startup';
import { sumOf } from '../figure';
import { isInjectedStartupProbe } from '../manifest/toolkit-defaults';
import type { Container, Probe } from '../manifest/types';
import type { Problem } from '../problem';
import { checkPort } from './check-port';
import { checkProbes } from './check-probes';
import { DEFAULTS } from './defaults';
import type { Findings } from './finish-routes';
import { firstTcpPort } from './first-tcp-port';
import { checkKeptStart, keepsWarmUpOut } from './kept-probes';
import type { KnownContainer } from './known-containers';
import { minorOf } from './minor-of';
import type { GracefulOptions, LivenessOptions } from './options';
import { hangEnds, probeFigures, startEnds, thresholdFigure } from './probe-figures';
import { planWarmUp } from './plan-warm-up';
import type { ContainerStartup, PlannedProbe, ProbeFigures, ShutdownPlan, StartupPlan } from './rollout-plan';
import { unknownStart } from './unknown-start';

/** What a start is planned from, beside its containers. */
export interface StartupRequest {
  readonly options: GracefulOptions;
  /** Fields that the manifest keeps as they are. */
  readonly kept: Readonly<Record<string, string>>;
  readonly shutdown: ShutdownPlan;
  /** Some Service leads to the pods. */
  readonly hasTraffic: boolean;
}

/** How pods start: what lets traffic in, what ends a container that hangs, and how long a slow start may take. */
export function planStartup(known: readonly KnownContainer[], request: StartupRequest, findings: Findings): StartupPlan {
  const containers = known.map((one) => planContainer(one, request, findings));
  const slowest = Math.max(-1, ...known.map(({ options: own }) => own.slowestStartSeconds ?? -1));
  if (slowest < 0) return { containers };
  return {
    containers,
    slowestStart: sumOf('from container start to ready, at worst', [{ label: 'slowest start', value: slowest, source: 'author: slowestStartSeconds' }]),
  };
}

/** A probe that the manifest keeps is none of the plan's. */
function planContainer(known: KnownContainer, request: StartupRequest, findings: Findings): ContainerStartup {
  const { container, name, at, role } = known;
  const { hasTraffic, options, kept } = request;
  checkProbes(container, name, findings.problems);
  const livenessProbe = 'livenessProbe' in kept ? undefined : planLiveness(known, request, findings.problems);
  if (role !== 'serves') return { name, at, livenessProbe };
  const readiness = 'readinessProbe' in kept ? undefined : planReadiness(known, hasTraffic, options, findings);
  const liveness = livenessProbe?.probe ?? container.livenessProbe;
  const isOut = keepsWarmUpOut(known, kept, findings.warnings);
  const warmUp = isOut ? {} : planWarmUp(known, readiness?.probe ?? container.readinessProbe, findings);
  if ('startupProbe' in kept) checkKeptStart(known, liveness, findings.warnings);
  const startupProbe = 'startupProbe' in kept ? undefined : warmUp.startupProbe ?? planStart(known, liveness, findings);
  return { name, at, readinessProbe: warmUp.readinessProbe ?? readiness, livenessProbe, startupProbe };
}

/** Without a readiness probe a pod gets clients as soon as its process runs; nobody but the creator of a workload may make one up. */
function planReadiness(
  { container, name }: KnownContainer, hasTraffic: boolean, options: GracefulOptions, findings: Findings,
): PlannedProbe | undefined {
  if (container.readinessProbe || !hasTraffic && !container.ports?.length) return undefined;
  const port = firstTcpPort(container);
  if (options.defaultReadinessProbe && port !== undefined) {
    return { probe: { tcpSocket: { port } }, figures: {}, reason: 'default: the declared port accepts connections; a probe that asks the application itself is better' };
  }
  const problem: Problem = {
    id: 'no-readiness-probe', field: `readinessProbe of container ${name}`, wanted: 'there, so that clients come only once the application can answer', found: 'none',
    remedy: probeRemedy(container, port, options),
  };
  if (options.defaultReadinessProbe) findings.problems.push(problem);
  else findings.warnings.push(problem);
  return undefined;
}

function probeRemedy({ ports }: Container, port: number | undefined, { defaultReadinessProbe }: GracefulOptions): string {
  if (port !== undefined) return 'Give it one that asks the application itself.';
  if (!ports?.length) return 'Declare the container\'s port, or give it a readiness probe.';
  return `No probe can ask a port that is not TCP: give it one with a command${defaultReadinessProbe ? ', or say defaultReadinessProbe: false' : ''}.`;
}

/** The probe as it will be, or undefined where the one that stands there may stay. */
function planLiveness(known: KnownContainer, { shutdown, options }: StartupRequest, problems: Problem[]): PlannedProbe | undefined {
  const { container, name, role } = known;
  const asked = role === 'serves' ? known.options.liveness : undefined;
  const wanted = asked ? livenessFrom(asked, container, name, problems) : container.livenessProbe;
  if (!wanted) return undefined;
  const graceSeconds = shutdown.terminationGracePeriodSeconds.value;
  const long = graceSeconds > DEFAULTS.longGraceSeconds && minorOf(options.kubernetes) >= 28;
  const own = long ? DEFAULTS.livenessGraceSeconds : undefined;
  const grace = asked?.terminationGracePeriodSeconds ?? wanted.terminationGracePeriodSeconds ?? own;
  const probe = grace === undefined ? wanted : { ...wanted, terminationGracePeriodSeconds: grace };
  if (!asked && grace === wanted.terminationGracePeriodSeconds) return undefined;
  const why = asked ? 'author: liveness' : 'the probe that stands there';
  return {
    probe, reason: grace === undefined ? why : `${why}; a hung container is ended within ${grace} s, not within the pod's grace of ${graceSeconds} s`,
    figures: livenessFigures(probe, wanted, asked), ends: hangEnds(probe, name, shutdown),
  };
}

function livenessFigures(probe: Probe, wanted: Probe, asked: LivenessOptions | undefined): ProbeFigures {
  const ownGrace = 'ours: a hung server is ended within half a minute once it is found';
  if (!asked) return probeFigures(probe, wanted.terminationGracePeriodSeconds === undefined ? { terminationGracePeriodSeconds: ownGrace } : {}, 'manifest: livenessProbe');
  const said = (option: 'periodSeconds' | 'failureThreshold' | 'timeoutSeconds' | 'terminationGracePeriodSeconds', otherwise: string) =>
    asked[option] === undefined ? otherwise : `author: liveness.${option}`;
  const article = 'ours: the second article\'s liveness probe';
  return probeFigures(probe, {
    periodSeconds: said('periodSeconds', article), failureThreshold: said('failureThreshold', article), timeoutSeconds: said('timeoutSeconds', article),
    terminationGracePeriodSeconds: said('terminationGracePeriodSeconds', ownGrace),
  }, article);
}

function livenessFrom(asked: LivenessOptions, container: Container, name: string, problems: Problem[]): Probe | undefined {
  const port = asked.port ?? firstTcpPort(container);
  if (port === undefined) {
    problems.push({
      id: 'missing-port', field: `liveness.port of container ${name}`, wanted: 'given, as the container declares no port', found: 'nothing',
      remedy: 'Declare the port, or name it in liveness.',
    });
    return undefined;
  }
  checkPort(port, container, `liveness.port of container ${name}`, problems);
  const {
    path, periodSeconds = DEFAULTS.livenessPeriodSeconds, failureThreshold = DEFAULTS.livenessFailureThreshold,
    timeoutSeconds = DEFAULTS.livenessTimeoutSeconds,
  } = asked;
  return { ...path === undefined ? { tcpSocket: { port } } : { httpGet: { path, port } }, periodSeconds, failureThreshold, timeoutSeconds };
}

/** A start-up probe is needed where a liveness probe would end a slow start; nobody needs the one that cdk8s-plus makes up. */
function planStart(
  { container, name, options }: KnownContainer, liveness: Probe | undefined, findings: Findings,
): PlannedProbe | undefined {
  const standing = container.startupProbe;
  const injected = isInjectedStartupProbe(standing);
  const slowest = options.slowestStartSeconds;
  if (injected && !liveness) {
    return { reason: 'made up by cdk8s-plus: it ends a container that does not listen within some 30 s, and readiness holds the traffic back already' };
  }
  if (slowest === undefined) {
    if (liveness) findings.warnings.push(unknownStart(name, standing ?? liveness));
    return undefined;
  }
  if (!standing && (!liveness || guaranteedStartSeconds(liveness) >= slowest)) return undefined;
  if (standing && guaranteedStartSeconds(standing) >= slowest) return undefined;
  const { mechanism, times } = splitProbe(standing ?? liveness ?? {});
  const kept = standing ? times : howToAsk(times);
  const probe = { ...mechanism, ...kept, failureThreshold: failureThresholdFor(slowest, kept) };
  return {
    probe, reason: `a start may take ${slowest} s (author: slowestStartSeconds), and this probe surely leaves ${guaranteedStartSeconds(probe)} s`,
    figures: probeFigures(
      probe, { failureThreshold: thresholdFigure(probe, slowest, 'author: slowestStartSeconds') }, standing ? 'manifest: startupProbe' : 'as the liveness probe asks',
    ),
    ends: startEnds(probe),
  };
}

/**
 * Of the liveness probe only what says how to ask: its threshold is for a container that hangs, its delay is what this probe replaces. A
 * longer period than Kubernetes' 10 s would keep a pod that has started from its clients.
 */
function howToAsk({ periodSeconds, timeoutSeconds = 1 }: Probe): Probe {
  return given({
    periodSeconds: periodSeconds && periodSeconds < 10 ? periodSeconds : undefined,
    timeoutSeconds: timeoutSeconds > 1 ? timeoutSeconds : undefined,
  });
}

function splitProbe({ httpGet, tcpSocket, exec, grpc, ...times }: Probe): { mechanism: Probe; times: Omit<Probe, 'httpGet' | 'tcpSocket' | 'exec' | 'grpc'> } {
  return { mechanism: given({ httpGet, tcpSocket, exec, grpc }), times };
}

/** What is there: a manifest has no field without a value. */
function given<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => (value ?? undefined) !== undefined)) as Partial<T>;
}
