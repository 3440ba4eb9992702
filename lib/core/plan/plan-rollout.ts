import { effectiveGraceSeconds, tryFindPlatform } from '../budget/ceilings';
import { sumOf } from '../figure';
import type { RolloutContext } from '../manifest/inventory';
import { fullNameOf, nameOf } from '../manifest/name-of';
import { namespaceOf } from '../manifest/namespace-of';
import type { PodSpec, Workload } from '../manifest/types';
import { PlanRefusedError, Problem } from '../problem';
import { adviseContext } from './advise-context';
import { checkContainers } from './check-containers';
import { checkContext } from './check-context';
import { checkGates } from './check-gates';
import { checkIgnored } from './check-ignored';
import { checkInitContainers } from './check-init-containers';
import { checkNumbers } from './check-numbers';
import { checkOneServer } from './check-one-server';
import { checkTemplate } from './check-template';
import { checkUnready } from './check-unready';
import { draftRoutes } from './draft-routes';
import { Findings, finishRoutes } from './finish-routes';
import { keptFields } from './kept-fields';
import { KnownContainer, knownContainers } from './known-containers';
import type { GracefulOptions } from './options';
import { planDisruption } from './plan-disruption';
import { slowestEnd } from './plan-grace';
import { planPace } from './plan-pace';
import { planShutdown } from './plan-shutdown';
import { planStartup } from './plan-startup';
import type { CeilingPlan, RolloutPlan, ShutdownPlan } from './rollout-plan';
import { soundOptions } from './sound-options';
import { withToldAutoscaler } from './told-autoscaler';

/**
 * Plans a rollout that drops nothing: every number with its sum.
 *
 * wait = delay of the slowest way in + margin; drain = close notice + what is in flight; grace = wait + drain + margin; the load
 * balancer's drain >= grace; minReady = arrival at the load balancer + soak.
 *
 * @param options What the author knows, and wishes.
 * @param around The workload and what stands around it, as `Inventory.contextOf` finds it.
 * @throws {PlanRefusedError} With all problems at once, where something is wrong or does not add up.
 *
 * @example
 * const workload = {
 *   kind: 'Deployment', metadata: { name: 'web' },
 *   spec: { template: { spec: { containers: [{ ports: [{ containerPort: 80 }] }] } } },
 * };
 * const plan = planRollout({ longestRequestSeconds: 20 }, { workload, services: [], ingresses: [], disruptionBudgets: [] });
 * plan.shutdown.terminationGracePeriodSeconds.value; // => 42
 */
export function planRollout(options: GracefulOptions, around: RolloutContext): RolloutPlan {
  const findings: Findings = { problems: [], warnings: [] };
  const { problems, warnings } = findings;
  const { workload } = around;
  const name = fullNameOf(workload);
  const sound = soundOptions(options, problems);
  const context = withToldAutoscaler(sound, around, problems);
  const kept = keptFields(workload, problems);
  const isReadable = canBeRead(context, problems);
  const spec = podSpecOf(workload);
  checkTemplate(workload, spec, problems);
  checkContext(context, spec, problems);
  checkInitContainers(spec, sound, findings);
  const routes = draftRoutes(sound, context, findings);
  const known = knownContainers(spec, sound);
  checkNames(spec, known, sound, problems);
  checkOneServer(known, sound, problems);
  checkIgnored(known, sound, findings);
  if (!isReadable) {
    checkContainers(known, kept, problems);
    throw new PlanRefusedError(name, problems);
  }
  adviseContext(context, routes.length > 0, warnings);
  checkGates(workload, routes, warnings);
  const shutdown = planShutdown({ known, spec, routes, options: sound, kept }, findings);
  const startup = planStartup(known, { options: sound, kept, shutdown, hasTraffic: routes.length > 0 }, findings);
  checkUnready(routes, known, startup, warnings);
  const pace = planPace({ options: sound, known, kept, context, routes, shutdown, startup }, findings);
  const plan = {
    workload: nameOf(workload), namespace: namespaceOf(workload), shutdown, startup, pace, kept,
    routes: finishRoutes(routes, shutdown, sound, findings),
    disruption: planDisruption({ options: sound, workload, pace, kept }, findings),
    ceilings: planCeilings(sound, shutdown, warnings),
    warnings,
  };
  if (problems.length > 0) throw new PlanRefusedError(name, problems);
  return plan;
}

/** Where a manifest's own numbers are none, there is nothing to reckon with; all that needs no number is looked at nevertheless. */
function canBeRead(context: RolloutContext, problems: Problem[]): boolean {
  const before = problems.length;
  checkNumbers(context, problems);
  return problems.length === before;
}

/** Containers that are no list are told of already: then there are none to look at. */
function podSpecOf({ spec }: Workload): PodSpec {
  const pod = spec?.template?.spec ?? {};
  return Array.isArray(pod.containers) ? pod : { ...pod, containers: [] };
}

function checkNames(spec: PodSpec, known: readonly KnownContainer[], options: GracefulOptions, problems: Problem[]): void {
  const names = known.map((one) => one.name);
  for (const name in options.containers) {
    if (names.includes(name)) continue;
    const ends = spec.initContainers?.some((container) => container.name === name);
    problems.push({
      id: 'unknown-container', field: 'containers', found: `'${name}'`,
      wanted: `names of the pod's containers that go on running: ${names.join(', ') || 'it has none'}`,
      remedy: ends ? 'An init container that ends before the others start needs none.' : 'Correct the name; what a webhook injects goes to injectedSidecars.',
    });
  }
}

/** Long grace protects rollouts and drains by hand; what ends nodes has its own idea of patience. */
function planCeilings(options: GracefulOptions, shutdown: ShutdownPlan, warnings: Problem[]): readonly CeilingPlan[] {
  const { containers, terminationGracePeriodSeconds: { value: graceSeconds } } = shutdown;
  return (options.platforms ?? []).flatMap((given) => {
    const platform = typeof given === 'string' ? tryFindPlatform(given) : { ...given, source: 'author: platforms' };
    if (!platform) return [];
    const { name, ceilingSeconds, source } = platform;
    const needed = sumOf('', slowestEnd(containers)).value;
    if (ceilingSeconds < needed) {
      warnings.push({
        id: 'ceiling-too-low', field: `platforms: ${name}`, found: `${ceilingSeconds} s`, wanted: `at least ${needed} s, which a pod needs to end gracefully`,
        remedy: 'Rollouts and drains by hand are not concerned; what is still open is cut when this platform ends a pod. Keep these pods off it, or hand their clients over in time.',
      });
    }
    return [{ platform: name, ceilingSeconds, graceSeconds: effectiveGraceSeconds(graceSeconds, ceilingSeconds), source }];
  });
}
