import { PlanRefusedError, planRollout } from '../core/index';
import type { GracefulOptions, Problem, Workload } from '../core/index';
import type { GracefulDeploymentArgs } from './graceful-deployment-args';
import { contextOf, plannedMetadata } from './plan-deployment';
import type { Told } from './plan-deployment';
import { plainName } from './plain-name';
import { Refusals } from './refusals';
import { computed, whenKnown } from './when-known';

/**
 * What the arguments of a component tell, as the core takes it.
 *
 * @throws {PlanRefusedError} If they contradict each other, or the name is none; beside that with all that the plan would refuse, where the
 * plan looks at plain values only.
 */
export function toldOf(resourceName: string, args: GracefulDeploymentArgs): Told {
  const refusals = new Refusals();
  const name = refusals.from(() => plainName('Deployment', resourceName, args.metadata)) ?? resourceName;
  refusals.problems.push(...contradictions(args), ...longName(name, args));
  const told = toldUnder(name, args);
  if (refusals.problems.length > 0) refusals.problems.push(...problemsOfPlan(told, args));
  refusals.throwAny(`Deployment/${name}`);
  return told;
}

function toldUnder(name: string, args: GracefulDeploymentArgs): Told {
  const { graceful = {} } = args;
  return {
    name,
    // Whoever creates the workload may give it a readiness probe on its port.
    options: whenKnown<{ graceful: GracefulOptions }, GracefulOptions>({ graceful },
      (known, inputs) => ({ defaultReadinessProbe: true, ...known.graceful && inputs.graceful })) as GracefulOptions,
    workload: {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata: plannedMetadata(name, args.metadata), spec: args.spec ?? specOf(name, args),
    } as Workload,
  };
}

function specOf(name: string, { containers, replicas }: GracefulDeploymentArgs): object {
  const labels = { app: name };
  return {
    ...replicas !== undefined && { replicas },
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers } },
  };
}

/** What the plan refuses, if it has all that it looks at. */
function problemsOfPlan(told: Told, { spec, containers }: GracefulDeploymentArgs): readonly Problem[] {
  const { failure, missing } = computed<Told, unknown>(told, (known) => planRollout(known.options, contextOf(known)));
  if (missing.size > 0 || !(failure instanceof PlanRefusedError)) return [];
  // That there are neither is said already.
  return spec === undefined && containers === undefined ? failure.problems.filter(({ id }) => id !== 'no-containers') : failure.problems;
}

function contradictions({ spec, containers, replicas }: GracefulDeploymentArgs): readonly Problem[] {
  const problems: Problem[] = [];
  if ((spec === undefined) === (containers === undefined)) {
    problems.push({
      id: 'contradicting-options', field: 'spec', wanted: 'given where containers is not, and only there', found: spec === undefined ? 'neither' : 'both',
      remedy: 'Give containers alone, or the whole spec with the containers in it.',
    });
  }
  if (spec !== undefined && replicas !== undefined) {
    problems.push({
      id: 'contradicting-options', field: 'replicas', wanted: 'absent beside spec', found: 'given', remedy: 'Say it in the spec.',
    });
  }
  return problems;
}

/** A value of a label has 63 characters at most. */
function longName(name: string, { containers }: GracefulDeploymentArgs): readonly Problem[] {
  if (containers === undefined || name.length <= 63) return [];
  return [{
    id: 'no-plain-name', field: 'metadata.name', wanted: 'at most 63 characters beside containers, as it is the label of the pods, too',
    found: `${name.length} of them`, remedy: 'Give a shorter one, or the whole spec with labels of its own.',
  }];
}
