import { Figure, Part, sumOf } from '../figure';
import type { RolloutContext } from '../manifest/inventory';
import { nameOf } from '../manifest/name-of';
import type { Manifest, Service, Workload } from '../manifest/types';
import { Problem, shown } from '../problem';
import { namespaceOf } from '../manifest/namespace-of';
import { servicesNamedBy } from '../manifest/services-named-by';
import { tryFindProfile } from '../traffic/find-profile';
import type { BalancerMode, ModeProfile, ProviderProfile } from '../traffic/profile';
import { PROFILES } from '../traffic/profiles';
import { RecognisedRoute, recogniseRoute } from '../traffic/recognise';
import { adviseService } from './advise-service';
import { checkIgnoredTraffic } from './check-ignored';
import { checkServiceFields } from './check-service-fields';
import { CLUSTER_DNS_DELAY, KUBE_PROXY_DELAY } from './defaults';
import type { Findings } from './finish-routes';
import { HealthCheckInForce, healthCheckOf } from './health-check';
import { KEEP_ANNOTATION, keptFields } from './kept-fields';
import type { GracefulOptions, TrafficMode, TrafficOptions } from './options';
import { alsoBehindIngress, needsDelay, notReadyPublished, unknownBalancer, unknownMode, unknownProvider, unknownService, unsaidDelay, unsaidMode } from './route-problems';
import { hasUdp, tcpPorts } from './service-ports';

/** A route before the grace period is known: how late its clients follow, and how late they come. */
export interface RouteDraft {
  readonly entry: TrafficOptions;
  readonly mode: TrafficMode;
  /** Absent where no load balancer is involved, or nobody knows which. */
  readonly profile?: ProviderProfile;
  readonly modeProfile?: ModeProfile;
  /** Annotations that the Service has already. */
  readonly existing: Readonly<Record<string, string>>;
  /** Fields of the Service that an annotation keeps, each with its reason. */
  readonly kept: Readonly<Record<string, string>>;
  /** The TCP ones. */
  readonly ports: readonly number[];
  readonly hasUdp: boolean;
  readonly delay: Figure;
  readonly arrival: Figure;
  /** The Service asks for a load balancer, of whomever. */
  readonly isBalanced: boolean;
  /** `spec.externalTrafficPolicy` of the Service as it stands. */
  readonly trafficPolicy?: string;
  /** Id of the provider that the Service itself names. */
  readonly named?: string;
  /** The health check that a new pod has to pass; none where it is off, or nothing is known of it. */
  readonly check?: HealthCheckInForce;
  readonly readinessGate?: string;
  /** Seconds that the gate stays closed at most. */
  readonly gateSeconds?: number;
  /** Nobody said the mode; this sentence says what decides it. */
  readonly assumed?: string;
}

const DELAY = 'from deletion until nobody sends new connections any more';
const ARRIVAL = 'from readiness until the load balancer feeds the pod';
const IN_CLUSTER_DELAY = sumOf(DELAY, [KUBE_PROXY_DELAY]);
const HEADLESS_DELAY = sumOf(DELAY, [CLUSTER_DNS_DELAY]);
const NO_ARRIVAL = sumOf(ARRIVAL, []);

/** One draft for each Service that selects the pods, and for each that the author names. */
export function draftRoutes(options: GracefulOptions, context: RolloutContext, findings: Findings): readonly RouteDraft[] {
  const { problems } = findings;
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
    drafts.push(...draftRoute(entries.get(name) ?? { service: name }, service, context, findings));
    entries.delete(name);
  }
  for (const entry of entries.values()) {
    // Where Services stand beside the workload, a name that none of them has is a mistake, as is that of one that leads elsewhere; where
    // none does, the author is all we have.
    if (context.services.length > 0 || context.serviceNames?.has(entry.service)) problems.push(unknownService(entry, context));
    else drafts.push(...draftRoute(entry, undefined, context, findings));
  }
  return drafts;
}

function draftRoute(
  entry: TrafficOptions, service: Service | undefined, context: RolloutContext, findings: Findings,
): readonly RouteDraft[] {
  const { problems } = findings;
  const seen = service && recogniseRoute(service);
  const on: OnService = {
    existing: service?.metadata?.annotations ?? NO_ANNOTATIONS,
    kept: service?.metadata?.annotations ? keptFields(service, problems) : NO_ANNOTATIONS,
    ports: tcpPorts(service),
    hasUdp: hasUdp(service, context.workload),
    isBalanced: service?.spec?.type === 'LoadBalancer',
    trafficPolicy: service?.spec?.externalTrafficPolicy,
    named: seen?.provider,
  };
  if (service?.spec?.publishNotReadyAddresses && service.spec.clusterIP !== 'None') problems.push(notReadyPublished(entry.service));
  const mode = entry.mode ?? (isBehindIngress(entry.service, service, context) ? 'ingress' : modeOf(entry, seen, on.existing));
  if (mode === undefined) {
    problems.push(unsaidMode(entry));
    return [];
  }
  if (seen && contradicts(seen.mode, mode)) {
    problems.push({
      id: 'contradicting-options', field: `traffic of Service/${entry.service}`, wanted: `'${seen.mode}', as the Service itself says`, found: shown(mode),
      remedy: 'Change the Service or the option.',
    });
  }
  checkIgnoredTraffic(entry, mode, findings);
  if (service) {
    adviseService(entry, service, findings.warnings);
    if (mode !== 'ingress' && on.isBalanced) adviseIngress(entry, context, findings.warnings);
    checkServiceFields({ entry, mode, service, kept: on.kept, named: on.named }, problems);
  }
  const delay = declaredOr(entry, service?.spec?.clusterIP === 'None' ? HEADLESS_DELAY : IN_CLUSTER_DELAY);
  if (mode === 'in-cluster') return [{ entry, mode, ...on, delay, arrival: NO_ARRIVAL }];
  if (mode === 'ingress') return [draftIngress(entry, on, problems)];
  const provider = entry.provider ?? seen?.provider;
  if (service) checkClass(entry, service, problems);
  const assumed = entry.mode === undefined ? assumptionOf(entry, seen, on) : undefined;
  return draftBalancer(entry, mode, provider, { ...on, assumed }, context.workload, problems);
}

const NO_ANNOTATIONS: RouteDraft['existing'] = {};

/** An ingress controller goes to the pods, or through the port that a NodePort Service opens on the nodes. */
function isBehindIngress(name: string, service: Service | undefined, context: RolloutContext): boolean {
  return service?.spec?.type !== 'LoadBalancer' && ingressOf(name, context) !== undefined;
}

function ingressOf(name: string, { workload, ingresses }: RolloutContext): Manifest | undefined {
  const service = `${namespaceOf(workload)}/${name}`;
  return ingresses.find((ingress) => servicesNamedBy(ingress).includes(service));
}

/** What a Service's load balancer needs is known; the controller of an ingress that names it, too, follows in its own time. */
function adviseIngress(entry: TrafficOptions, context: RolloutContext, warnings: Problem[]): void {
  const ingress = entry.delaySeconds === undefined ? ingressOf(entry.service, context) : undefined;
  if (ingress) warnings.push(alsoBehindIngress(entry, nameOf(ingress)));
}

/** A provider that the author names may read the Service otherwise than whoever does not know it. */
function modeOf(entry: TrafficOptions, seen: RecognisedRoute | undefined, existing: RouteDraft['existing']): TrafficMode | undefined {
  if (seen === undefined || seen.mode === 'in-cluster' || entry.provider === undefined || seen.provider === entry.provider) return seen?.mode;
  return tryFindProfile(entry.provider)?.podDirect?.(existing) ? 'eni' : seen.mode;
}

const UNDECIDED = 'Which load balancer it gets is not known, and some take the pods by themselves: give the provider, and mode \'cluster\' where nodes are the targets';

function assumptionOf(entry: TrafficOptions, seen: RecognisedRoute | undefined, { existing, isBalanced }: OnService): string | undefined {
  if (entry.provider === undefined && seen?.provider === undefined) return isBalanced ? UNDECIDED : undefined;
  if (entry.provider === undefined || seen?.provider === entry.provider) return seen?.assumed;
  const profile = tryFindProfile(entry.provider);
  return profile?.podDirect?.(existing) === undefined ? profile?.unsaidMode : undefined;
}

/** A Service that says ENI is not one of another mode; the other way round, the plan may make it one. */
function contradicts(seen: TrafficMode, wanted: TrafficMode): boolean {
  const balanced = (mode: TrafficMode) => mode === 'cluster' || mode === 'local' || mode === 'eni';
  if (seen === 'in-cluster') return balanced(wanted);
  return wanted === 'in-cluster' || seen === 'eni' && wanted !== 'eni' && wanted !== 'ingress';
}

/** A class is for ever: no API server lets a Service have another. */
function checkClass(entry: TrafficOptions, service: Service, problems: Problem[]): void {
  const said = service.spec?.loadBalancerClass ?? undefined;
  const profile = entry.provider === undefined ? undefined : tryFindProfile(entry.provider);
  if (said === undefined || !profile || said === profile.loadBalancerClass) return;
  const theirs = PROFILES.find((other) => other.loadBalancerClass === said);
  if (!theirs && profile.loadBalancerClass === undefined) return;
  problems.push({
    id: 'contradicting-options', field: `provider of Service/${entry.service}`, found: shown(entry.provider),
    wanted: theirs ? `'${theirs.id}', as the Service's class is ${said}` : `that of the class which the Service has, ${said}`,
    remedy: 'Change the option, or make a new Service: a class cannot be changed.',
  });
}

function draftIngress(entry: TrafficOptions, on: OnService, problems: Problem[]): RouteDraft {
  if (entry.delaySeconds === undefined) problems.push(unsaidDelay(entry));
  const registration = entry.registrationSeconds ?? entry.delaySeconds ?? 0;
  const arrival = sumOf(ARRIVAL, [{ label: 'ingress controller follows', value: registration, source: sourceOfRegistration(entry) }]);
  return { entry, mode: 'ingress', ...on, delay: declaredOr(entry, IN_CLUSTER_DELAY), arrival };
}

type OnService = Pick<RouteDraft, 'existing' | 'kept' | 'ports' | 'hasUdp' | 'assumed' | 'isBalanced' | 'trafficPolicy' | 'named'>;

function draftBalancer(
  entry: TrafficOptions, mode: BalancerMode, provider: string | undefined, on: OnService, workload: Workload, problems: Problem[],
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
  const readinessGate = gateOf(entry, modeProfile, workload);
  const gated = readinessGate !== undefined;
  const registration = registrationParts(entry, profile);
  const check = healthCheckOf({ entry, profile, ...on });
  const healthy = check && !(gated && modeProfile?.gateMeans === 'healthy') ? [healthPart(check)] : [];
  const arrival = sumOf(ARRIVAL, [...gated ? [] : registration, ...healthy]);
  // Behind a gate that a webhook adds, a pod waits for its arrival before minReadySeconds does once more; no manifest shows it.
  const injected = entry.readinessGate !== false && modeProfile?.injectedGate !== undefined;
  const gateSeconds = gated ? sumOf(ARRIVAL, registration).value : injected ? arrival.value : undefined;
  return [{ entry, mode, profile, modeProfile, ...on, delay, arrival, check, readinessGate, gateSeconds }];
}

/** A gate that a workload without it may not be given holds back nothing. */
function gateOf(entry: TrafficOptions, modeProfile: ModeProfile | undefined, { metadata, spec }: Workload): string | undefined {
  const gate = entry.readinessGate === false ? undefined : modeProfile?.readinessGate?.(entry.service);
  if (gate === undefined || metadata?.annotations?.[`${KEEP_ANNOTATION}readinessGates`] === undefined) return gate;
  return spec?.template?.spec?.readinessGates?.some(({ conditionType }) => conditionType === gate) ? gate : undefined;
}

function declaredOr(entry: TrafficOptions, otherwise: Figure): Figure {
  if (entry.delaySeconds === undefined) return otherwise;
  return sumOf(DELAY, [{ label: 'declared delay', value: entry.delaySeconds, source: 'author: traffic.delaySeconds' }]);
}

function registrationParts(entry: TrafficOptions, profile: ProviderProfile): readonly Part[] {
  const declared = entry.registrationSeconds ?? entry.delaySeconds;
  if (declared === undefined) return profile.registration ?? profile.delay ?? [];
  return [{ label: 'registration', value: declared, source: sourceOfRegistration(entry) }];
}

function healthPart({ intervalSeconds, healthyThreshold, source }: HealthCheckInForce): Part {
  return { label: `${healthyThreshold} health checks, ${intervalSeconds} s apart`, value: intervalSeconds * healthyThreshold, source };
}

function sourceOfRegistration(entry: TrafficOptions): string {
  return `author: traffic.${entry.registrationSeconds === undefined ? 'delaySeconds' : 'registrationSeconds'}`;
}
