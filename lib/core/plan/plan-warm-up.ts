import { failureThresholdFor, guaranteedStartSeconds } from '../budget/startup';
import { Figure, sumOf } from '../figure';
import { isInjectedStartupProbe } from '../manifest/toolkit-defaults';
import type { Probe } from '../manifest/types';
import { checkPort } from './check-port';
import { DEFAULTS } from './defaults';
import type { Findings } from './finish-routes';
import { firstTcpPort } from './first-tcp-port';
import type { KnownContainer } from './known-containers';
import type { WarmUpOptions } from './options';
import { probeFigures, startEnds, thresholdFigure } from './probe-figures';
import type { ContainerStartup } from './rollout-plan';
import { unknownStart } from './unknown-start';

/** ours: what a start may take before the successes are counted, where the author does not say. */
const UNKNOWN_START_SECONDS = 60;
const MANIFEST = 'manifest: readinessProbe';

type Warmed = Pick<ContainerStartup, 'readinessProbe' | 'startupProbe'>;

/**
 * "N successes in a row before the first traffic, one to recover": no API server takes that as a start-up probe's
 * successThreshold, so it is reached by the best of the ways that the author's facts allow. In this order: the application's
 * own start-up endpoint; a start-up command that a shell repeats; `minReadySeconds`, where only the rollout is to wait; else
 * readiness with N successes, which needs N to recover, too.
 */
export function planWarmUp(known: KnownContainer, readiness: Probe | undefined, findings: Findings): Warmed {
  const { warmUp } = known.options;
  if (!warmUp) return {};
  const { successes, periodSeconds = DEFAULTS.warmUpPeriodSeconds } = warmUp;
  const start = startOf(known, successes, periodSeconds);
  if (warmUp.endpoint) return overEndpoint(known, warmUp, periodSeconds, start, findings);
  if (warmUp.command) {
    return started(known, repeated(warmUp, periodSeconds, start), `a shell runs the check ${successes} times in a row, ${periodSeconds} s apart`, start, findings);
  }
  if (warmUp.holds === 'rollout') return {};
  return overReadiness(known, warmUp, readiness, findings);
}

/** How long a start may take, with the successes, and who says so; where nobody told, the words that say what is assumed. */
interface Start {
  readonly seconds: number;
  readonly source: string;
  readonly assumed?: string;
}

/** What a start-up probe leaves that stands there already is never made less; the one that cdk8s-plus makes up tells nothing. */
function startOf({ container, options }: KnownContainer, successes: number, periodSeconds: number): Start {
  const { startupProbe } = container;
  const standing = startupProbe && !isInjectedStartupProbe(startupProbe) ? guaranteedStartSeconds(startupProbe) : 0;
  const { slowestStartSeconds: told } = options;
  const counting = successes * periodSeconds;
  const seconds = told ?? UNKNOWN_START_SECONDS + counting;
  if (standing >= seconds) return { seconds: standing, source: 'manifest: startupProbe' };
  if (told !== undefined) return { seconds, source: 'author: slowestStartSeconds' };
  const source = `ours: ${UNKNOWN_START_SECONDS} s where nobody tells; author: warmUp`;
  return { seconds, source, assumed: `a start is assumed to take ${seconds} s (ours: ${UNKNOWN_START_SECONDS} s where nobody tells, and ${counting} s for the successes)` };
}

function started({ name, options }: KnownContainer, probe: Probe, reason: string, start: Start, { warnings }: Findings): Warmed {
  const { warmUp } = options;
  const planned = {
    probe, ends: startEnds(probe),
    figures: probeFigures(probe, {
      periodSeconds: paceSource(warmUp!), timeoutSeconds: probe.exec && repeatedFor(warmUp!),
      failureThreshold: thresholdFigure(probe, start.seconds, start.source),
    }, 'author: warmUp'),
  };
  if (start.assumed === undefined) return { startupProbe: { ...planned, reason } };
  warnings.push(unknownStart(name, probe));
  return { startupProbe: { ...planned, reason: `${reason}; ${start.assumed}` } };
}

function paceSource({ periodSeconds }: WarmUpOptions): string {
  return periodSeconds === undefined ? 'ours: the first article\'s pace' : 'author: warmUp.periodSeconds';
}

/** How long all the checks of one run may take. */
function repeatedFor({ successes, periodSeconds = DEFAULTS.warmUpPeriodSeconds }: WarmUpOptions): Figure {
  return sumOf('successes x (period + 1 s)', [
    { label: `${successes} checks, ${periodSeconds} s apart`, value: successes * periodSeconds, source: 'author: warmUp' },
    { label: '1 s for each check', value: successes, source: 'ours: as Kubernetes\' own default for one check' },
  ]);
}

function overEndpoint(known: KnownContainer, warmUp: WarmUpOptions, periodSeconds: number, start: Start, findings: Findings): Warmed {
  const { name, container } = known;
  const { problems } = findings;
  const { successes, endpoint } = warmUp;
  const { path, port = firstTcpPort(container) } = endpoint!;
  if (port === undefined) {
    problems.push({
      id: 'missing-port', field: `warmUp.endpoint.port of container ${name}`, wanted: 'given, as the container declares no port', found: 'nothing',
      remedy: 'Declare the port, or name it in warmUp.endpoint.',
    });
    return {};
  }
  checkPort(port, container, `warmUp.endpoint.port of container ${name}`, problems);
  const asked = { httpGet: { path, port }, periodSeconds };
  const probe = { ...asked, failureThreshold: failureThresholdFor(start.seconds, asked) };
  return started(known, probe, `the application itself counts ${successes} checks before it answers 200`, start, findings);
}

/** One run makes all the checks and ends at the first that fails, so no state outlives it; the next run starts anew. */
function repeated({ successes, command = [] }: WarmUpOptions, periodSeconds: number, start: Start): Probe {
  const script = `n=0; while "$@"; do n=$((n+1)); [ $n -ge ${successes} ] && exit 0; sleep ${periodSeconds}; done; exit 1`;
  const timeoutSeconds = repeatedFor({ successes, periodSeconds }).value;
  const probe = { exec: { command: ['sh', '-c', script, 'warm-up', ...command] }, periodSeconds, timeoutSeconds };
  return { ...probe, failureThreshold: failureThresholdFor(start.seconds, probe) };
}

function overReadiness(
  { name }: KnownContainer, { successes, periodSeconds }: WarmUpOptions, readiness: Probe | undefined, findings: Findings,
): Warmed {
  if (!readiness) {
    findings.problems.push({
      id: 'warm-up-needs-probe', field: `warmUp of container ${name}`, wanted: 'given an endpoint, a command, or beside a readiness probe that can count', found: 'none of them',
      remedy: 'Give the container a readiness probe, or the warm-up an endpoint.',
    });
    return {};
  }
  findings.warnings.push({
    id: 'recovery-needs-all', field: `warmUp of container ${name}`, wanted: 'given an endpoint, or a command and shell: true, so that one success is enough to recover',
    found: `only the readiness probe, which needs ${successes} successes after each failure, too`, remedy: 'Let the application count its own checks behind an endpoint.',
  });
  // An author's own pace stays; a 0 means that nobody chose one.
  const pace = periodSeconds ?? (readiness.periodSeconds || DEFAULTS.warmUpPeriodSeconds);
  const standing = readiness.successThreshold ?? 1;
  const probe = { ...readiness, periodSeconds: pace, successThreshold: Math.max(successes, standing) };
  return {
    readinessProbe: {
      probe,
      figures: probeFigures(probe, {
        periodSeconds: periodSeconds === undefined && readiness.periodSeconds ? MANIFEST : paceSource({ successes, periodSeconds }),
        successThreshold: standing > successes ? MANIFEST : 'author: warmUp.successes',
      }, MANIFEST),
      reason: `${successes} successes in a row before traffic: the first time, and after each failure`,
    },
  };
}
