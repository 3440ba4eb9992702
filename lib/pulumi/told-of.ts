import { PlanRefusedError } from '../core/index';
import type { GracefulOptions, Problem, Workload } from '../core/index';
import type { GracefulDeploymentArgs } from './graceful-deployment-args';
import { plannedMetadata } from './plan-deployment';
import type { Told } from './plan-deployment';
import { plainName } from './plain-name';
import { whenKnown } from './when-known';

/** What the arguments of a component tell, as the core takes it. */
export function toldOf(resourceName: string, args: GracefulDeploymentArgs): Told {
  const name = plainName('Deployment', resourceName, args.metadata);
  const problems = [...contradictions(args), ...longName(name, args)];
  if (problems.length > 0) throw new PlanRefusedError(`Deployment/${name}`, problems);
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
