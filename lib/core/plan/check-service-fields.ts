import type { Service } from '../manifest/types';
import { Problem, shown } from '../problem';
import { tryFindProfile } from '../traffic/find-profile';
import type { RouteDraft } from './draft-routes';
import type { TrafficMode, TrafficOptions } from './options';

const POLICIES: Readonly<Partial<Record<TrafficMode, string>>> = { local: 'Local', cluster: 'Cluster' };

/** What a Service has or keeps, and the mode that it is told to be in. */
export interface ServiceInMode {
  readonly entry: TrafficOptions;
  readonly mode: TrafficMode;
  readonly service: Service;
  readonly kept: RouteDraft['kept'];
  /** Id of the provider that the Service itself names. */
  readonly named?: string;
}

/** Fields that a Service keeps, or that only its author writes, against the mode: the plan could not hold, or API servers refuse it. */
export function checkServiceFields(one: ServiceInMode, problems: Problem[]): void {
  const { entry, mode, service: { spec }, kept, named } = one;
  const of = `of Service/${entry.service}`;
  const standing = spec?.externalTrafficPolicy ?? 'Cluster';
  const needed = POLICIES[mode] ?? standing;
  const isKept = 'externalTrafficPolicy' in kept;
  if (isKept && needed !== standing) {
    problems.push({
      id: 'contradicting-fields', field: `spec.externalTrafficPolicy ${of}`, wanted: `'${needed}' for mode '${mode}'`, found: `${shown(standing)}, which an annotation keeps`,
      remedy: 'Correct the mode, or remove the annotation.',
    });
  }
  if (spec?.healthCheckNodePort && (isKept ? standing : needed) !== 'Local') {
    problems.push({
      id: 'contradicting-fields', field: `spec.healthCheckNodePort ${of}`, wanted: 'absent: every API server refuses it without externalTrafficPolicy Local',
      found: shown(spec.healthCheckNodePort), remedy: 'Remove it, or use mode \'local\'.',
    });
  }
  const needsClass = entry.provider === undefined ? undefined : tryFindProfile(entry.provider)?.loadBalancerClass;
  if ('loadBalancerClass' in kept && needsClass !== undefined && (spec?.loadBalancerClass ?? undefined) === undefined && named !== entry.provider) {
    problems.push({
      id: 'contradicting-fields', field: `spec.loadBalancerClass ${of}`, wanted: `'${needsClass}' for provider '${entry.provider}'`, found: 'none, which an annotation keeps',
      remedy: 'Correct the provider, or remove the annotation.',
    });
  }
}
