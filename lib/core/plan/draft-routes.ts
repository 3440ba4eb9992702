import { Figure, Part, sumOf } from '../figure';
import type { RolloutContext } from '../manifest/inventory';
import type { Service } from '../manifest/types';
import { Problem, shown } from '../problem';
import { PROFILE_IDS, tryFindProfile } from '../traffic/find-profile';
import type { BalancerMode, HealthCheckProfile, ModeProfile, ProviderProfile } from '../traffic/profile';
import { recogniseRoute } from '../traffic/recognise';
import { KUBE_PROXY_DELAY } from './defaults';
import type { GracefulOptions, TrafficMode, TrafficOptions } from './options';

/** A route before the grace period is known: how late its clients follow, and how late they come. */
export interface RouteDraft {
  readonly entry: TrafficOptions;
  readonly mode: TrafficMode;
  /** Absent where no load balancer is involved, or nobody knows which. */
  readonly profile?: ProviderProfile;
  readonly modeProfile?: ModeProfile;
  /** Annotations that the Service has already. */
  readonly existing: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
  readonly delay: Figure;
  readonly arrival: Figure;
  readonly readinessGate?: string;
  /** Nobody said the mode; this sentence says what decides it. */
  readonly assumed?: string;
}

const DELAY = 'from deletion until nobody sends new connections any more';
const ARRIVAL = 'from readiness until the load balancer feeds the pod';
const IN_CLUSTER_DELAY = sumOf(DELAY, [KUBE_PROXY_DELAY]);
const NO_ARRIVAL = sumOf(ARRIVAL, []);

/** One draft for each Service that selects the pods, and for each that the author names. */
export function draftRoutes(options: GracefulOptions, context: RolloutContext, problems: Problem[]): readonly RouteDraft[] {
  const entries = new Map<string, TrafficOptions>();
  for (const entry of options.traffic ?? []) {
    if (entries.has(entry.service)) {
      problems.push({
        id: 'contradicting-options', field: 'traffic', wanted: 'one entry for each Service', found: `two for ${shown(entry.service)}`,
        remedy: 'Merge the two entries into one.',
      });
    }
    entries.set(entry.service, entry);
  }
  const drafts: RouteDraft[] = [];
  for (const service of context.services) {
    const name = service.metadata?.name ?? '';
    drafts.push(...draftRoute(entries.get(name) ?? { service: name }, service, context, problems));
    entries.delete(name);
  }
  for (const entry of entries.values()) {
    // Where Services stand beside the workload, a name that none of them has is a mistake; where none does, the author is all we have.
    if (context.services.length > 0) problems.push(unknownService(entry, context));
    else drafts.push(...draftRoute(entry, undefined, context, problems));
  }
  return drafts;
}

function draftRoute(entry: TrafficOptions, service: Service | undefined, context: RolloutContext, problems: Problem[]): readonly RouteDraft[] {
  const seen = service && recogniseRoute(service);
  const behindIngress = context.ingresses.some((ingress) => JSON.stringify(ingress.spec ?? null).includes(`"name":${JSON.stringify(entry.service)}`));
  const mode = entry.mode ?? (behindIngress && (seen?.mode ?? 'in-cluster') === 'in-cluster' ? 'ingress' : seen?.mode);
  const existing = service?.metadata?.annotations ?? {};
  const ports = (service?.spec?.ports ?? []).map((port) => port.port ?? 0);
  if (service?.spec?.publishNotReadyAddresses) problems.push(notReadyPublished(entry.service));
  if (mode === undefined) {
    problems.push({
      id: 'unknown-mode', field: `traffic of Service/${entry.service}`, wanted: 'told: in-cluster, cluster, local, eni or ingress', found: 'nothing',
      remedy: `Give traffic: [{ service: '${entry.service}', mode: ... }].`,
    });
    return [];
  }
  if (seen && contradicts(seen.mode, mode)) {
    problems.push({
      id: 'contradicting-options', field: `traffic of Service/${entry.service}`, wanted: `'${seen.mode}', as the Service itself says`, found: shown(mode),
      remedy: 'Change the Service or the option.',
    });
  }
  if (mode === 'in-cluster') return [{ entry, mode, existing, ports, delay: declaredOr(entry, IN_CLUSTER_DELAY), arrival: NO_ARRIVAL }];
  if (mode === 'ingress') return [draftIngress(entry, existing, ports, problems)];
  const assumed = entry.mode === undefined ? seen?.assumed : undefined;
  return draftBalancer(entry, mode, entry.provider ?? seen?.provider, { existing, ports, assumed }, problems);
}

/** A Service that says ENI is not one of another mode; the other way round, the plan may make it one. */
function contradicts(seen: TrafficMode, wanted: TrafficMode): boolean {
  const balanced = (mode: TrafficMode) => mode === 'cluster' || mode === 'local' || mode === 'eni';
  if (seen === 'in-cluster') return balanced(wanted);
  return wanted === 'in-cluster' || seen === 'eni' && wanted !== 'eni' && wanted !== 'ingress';
}

function draftIngress(entry: TrafficOptions, existing: Readonly<Record<string, string>>, ports: readonly number[], problems: Problem[]): RouteDraft {
  if (entry.delaySeconds === undefined) {
    problems.push({
      id: 'needs-delay', field: `traffic of Service/${entry.service}`, found: 'nothing',
      wanted: 'given delaySeconds, as an ingress controller follows the pods in its own time',
      remedy: `Give traffic: [{ service: '${entry.service}', mode: 'ingress', delaySeconds: ... }] with what its maker says or you measured.`,
    });
  }
  const registration = entry.registrationSeconds ?? entry.delaySeconds ?? 0;
  const arrival = sumOf(ARRIVAL, [{ label: 'ingress controller follows', value: registration, source: 'author: traffic.registrationSeconds or delaySeconds' }]);
  return { entry, mode: 'ingress', existing, ports, delay: declaredOr(entry, IN_CLUSTER_DELAY), arrival };
}

type OnService = Pick<RouteDraft, 'existing' | 'ports' | 'assumed'>;

function draftBalancer(
  entry: TrafficOptions, mode: BalancerMode, provider: string | undefined, on: OnService, problems: Problem[],
): readonly RouteDraft[] {
  const profile = provider === undefined ? undefined : tryFindProfile(provider);
  const modeProfile = profile?.modes[mode];
  if (provider !== undefined && !modeProfile) {
    problems.push(profile ? unknownMode(entry, profile, mode) : unknownProvider(entry, provider));
    return [];
  }
  // In Cluster mode the targets are nodes, which a roll does not change: only kube-proxy has to follow.
  if (mode === 'cluster') return [{ entry, mode, profile, modeProfile, ...on, delay: declaredOr(entry, IN_CLUSTER_DELAY), arrival: NO_ARRIVAL }];
  if (!profile || !profile.delay && entry.delaySeconds === undefined) {
    problems.push(profile ? needsDelay(entry, profile) : unknownBalancer(entry));
    return [];
  }
  const delay = declaredOr(entry, sumOf(DELAY, profile.delay ?? []));
  const readinessGate = entry.readinessGate === false ? undefined : modeProfile?.readinessGate?.(entry.service);
  const registered = readinessGate === undefined ? registrationParts(entry, profile) : [];
  const healthy = readinessGate !== undefined && modeProfile?.gateMeans === 'healthy' ? [] : healthParts(entry, profile, on.existing);
  return [{ entry, mode, profile, modeProfile, ...on, delay, arrival: sumOf(ARRIVAL, [...registered, ...healthy]), readinessGate }];
}

function declaredOr(entry: TrafficOptions, otherwise: Figure): Figure {
  if (entry.delaySeconds === undefined) return otherwise;
  return sumOf(DELAY, [{ label: 'declared delay', value: entry.delaySeconds, source: 'author: traffic.delaySeconds' }]);
}

function registrationParts(entry: TrafficOptions, profile: ProviderProfile): readonly Part[] {
  const declared = entry.registrationSeconds ?? entry.delaySeconds;
  if (declared === undefined) return profile.registration ?? profile.delay ?? [];
  return [{ label: 'registration', value: declared, source: `author: traffic.${entry.registrationSeconds === undefined ? 'delaySeconds' : 'registrationSeconds'}` }];
}

function healthParts(entry: TrafficOptions, profile: ProviderProfile, existing: Readonly<Record<string, string>>): readonly Part[] {
  const check = healthCheckOf(entry, profile.healthCheck, existing);
  if (!check) return [];
  return [{
    label: `${check.healthyThreshold} health checks, ${check.intervalSeconds} s apart`, value: check.intervalSeconds * check.healthyThreshold, source: check.source,
  }];
}

/** The health check in force: the author's word first, then the Service's, then the provider's default. */
export function healthCheckOf(
  entry: TrafficOptions, profile: HealthCheckProfile | undefined, existing: Readonly<Record<string, string>>,
): { intervalSeconds: number; healthyThreshold: number; unhealthyThreshold: number; source: string } | undefined {
  const { healthCheck } = entry;
  if (!profile && !healthCheck) return undefined;
  const read = profile?.read(existing) ?? {};
  return {
    intervalSeconds: healthCheck?.intervalSeconds ?? read.intervalSeconds ?? profile?.intervalSeconds ?? 1,
    healthyThreshold: healthCheck?.healthyThreshold ?? read.healthyThreshold ?? profile?.healthyThreshold ?? 1,
    unhealthyThreshold: healthCheck?.unhealthyThreshold ?? read.unhealthyThreshold ?? profile?.unhealthyThreshold ?? 1,
    source: healthCheck ? 'author: traffic.healthCheck' : profile!.source,
  };
}

function unknownService(entry: TrafficOptions, context: RolloutContext): Problem {
  const names = context.services.map((service) => service.metadata?.name).join(', ');
  return {
    id: 'unknown-service', field: 'traffic.service', wanted: `a Service that selects the pods: ${names}`, found: shown(entry.service),
    remedy: 'Correct the name, or the Service\'s selector.',
  };
}

function unknownProvider(entry: TrafficOptions, provider: string): Problem {
  return {
    id: 'unknown-provider', field: `provider of Service/${entry.service}`, wanted: `one of ${PROFILE_IDS.join(', ')}`, found: shown(provider),
    remedy: 'For any other load balancer, give \'generic\' with delaySeconds and what you know of its health check.',
  };
}

function unknownMode(entry: TrafficOptions, profile: ProviderProfile, mode: BalancerMode): Problem {
  return {
    id: 'unknown-mode', field: `mode of Service/${entry.service}`, wanted: `one of ${Object.keys(profile.modes).join(', ')}, which ${profile.name} has`,
    found: shown(mode), remedy: 'Choose one of these, or another provider.',
  };
}

function needsDelay(entry: TrafficOptions, profile: ProviderProfile): Problem {
  return {
    id: 'needs-delay', field: `traffic of Service/${entry.service}`, wanted: `given delaySeconds, as provider '${profile.id}' knows none`, found: 'nothing',
    remedy: 'Give what the load balancer\'s maker says, or measure how long it goes on sending to a deleted pod.',
  };
}

function unknownBalancer(entry: TrafficOptions): Problem {
  return {
    id: 'unknown-load-balancer', field: `provider of Service/${entry.service}`, wanted: `told: one of ${PROFILE_IDS.join(', ')}`, found: 'nothing',
    remedy: 'Nothing on the Service shows which load balancer it gets, and each follows the pods in its own time.',
  };
}

function notReadyPublished(service: string): Problem {
  return {
    id: 'publishes-not-ready', field: `spec.publishNotReadyAddresses of Service/${service}`, found: 'true',
    wanted: 'false or absent, as it sends clients to pods that are not ready or are ending',
    remedy: 'Remove it; a headless Service for peers can be a second Service.',
  };
}
