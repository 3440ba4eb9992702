import { effectiveGraceSeconds, tryFindPlatform } from '../budget/ceilings';
import type { RolloutContext } from '../manifest/inventory';
import { PlanRefusedError, Problem } from '../problem';
import { checkContext } from './check-context';
import { draftRoutes } from './draft-routes';
import { Findings, finishRoutes } from './finish-routes';
import { keptFields } from './kept-fields';
import type { GracefulOptions } from './options';
import { planDisruption } from './plan-disruption';
import { planPace } from './plan-pace';
import { knownContainers, planShutdown } from './plan-shutdown';
import { planStartup } from './plan-startup';
import type { CeilingPlan, RolloutPlan, ShutdownPlan } from './rollout-plan';
import { soundOptions } from './sound-options';

/**
 * Plans a rollout that drops nothing: every number with its sum.
 *
 * wait = delay of the slowest way in + margin; drain = close notice + what is in flight; grace = wait + drain + margin; the load
 * balancer's drain >= grace; minReady = arrival at the load balancer + soak.
 *
 * @param options What the author knows, and wishes.
 * @param context The workload and what stands around it, as `Inventory.contextOf` finds it.
 * @throws {PlanRefusedError} With all problems at once, where something is wrong or does not add up.
 *
 * @example
 * const workload = { kind: 'Deployment', metadata: { name: 'web' }, spec: { template: { spec: { containers: [{ ports: [{ containerPort: 80 }] }] } } } };
 * const plan = planRollout({ longestRequestSeconds: 20 }, { workload, services: [], ingresses: [], disruptionBudgets: [] });
 * plan.shutdown.terminationGracePeriodSeconds.value; // => 42
 */
export function planRollout(options: GracefulOptions, context: RolloutContext): RolloutPlan {
  const findings: Findings = { problems: [], warnings: [] };
  const sound = soundOptions(options, findings.problems);
  const { workload } = context;
  const name = `${workload.kind ?? 'Deployment'}/${workload.metadata?.name ?? '(unnamed)'}`;
  checkContext(context, findings);
  const kept = keptFields(workload, findings.problems);
  const spec = workload.spec?.template?.spec ?? {};
  const drafts = draftRoutes(sound, context, findings.problems);
  const known = knownContainers(spec, sound);
  checkNames(known.map((one) => one.name), sound, findings.problems);
  const shutdown = planShutdown(known, spec, drafts.map(({ entry, delay }) => ({ service: entry.service, delay })), sound, findings);
  const startup = planStartup(known, shutdown.terminationGracePeriodSeconds.value, drafts.length > 0, sound, findings);
  const pace = planPace({ options: sound, context, routes: drafts, shutdown, startup }, findings);
  const plan = {
    workload: name, shutdown, startup, pace, kept,
    routes: finishRoutes(drafts, shutdown, sound, findings),
    disruption: planDisruption(sound, workload, pace.at[0].replicas, findings),
    ceilings: planCeilings(sound, shutdown, findings.warnings),
    warnings: findings.warnings,
  };
  if (findings.problems.length > 0) throw new PlanRefusedError(name, findings.problems);
  return plan;
}

function checkNames(names: readonly string[], options: GracefulOptions, problems: Problem[]): void {
  for (const name in options.containers) {
    if (names.includes(name)) continue;
    problems.push({
      id: 'unknown-container', field: 'containers', wanted: `names of the pod's containers: ${names.join(', ')}`, found: `'${name}'`,
      remedy: 'Correct the name; what a webhook injects goes to injectedSidecars.',
    });
  }
}

/** Long grace protects rollouts and drains by hand; what ends nodes has its own idea of patience. */
function planCeilings(options: GracefulOptions, { terminationGracePeriodSeconds, wait, drain }: ShutdownPlan, warnings: Problem[]): readonly CeilingPlan[] {
  const graceSeconds = terminationGracePeriodSeconds.value;
  return (options.platforms ?? []).flatMap((given) => {
    const platform = typeof given === 'string' ? tryFindPlatform(given) : { ...given, source: 'author: platforms' };
    if (!platform) return [];
    const { name, ceilingSeconds, source } = platform;
    const needed = wait.value + drain.value;
    if (ceilingSeconds < needed) {
      warnings.push({
        id: 'ceiling-too-low', field: `platforms: ${name}`, found: `${ceilingSeconds} s`, wanted: `at least ${needed} s, which a pod needs to end gracefully`,
        remedy: 'Rollouts and drains by hand are not concerned; what is still open is cut when this platform ends a pod. Keep these pods off it, or hand their clients over in time.',
      });
    }
    return [{ platform: name, ceilingSeconds, graceSeconds: effectiveGraceSeconds(graceSeconds, ceilingSeconds), source }];
  });
}
