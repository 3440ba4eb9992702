import type { Annotations, BalancerMode, ProviderProfile } from './profile';
import { PROFILES } from './profiles';
import type { Service } from '../manifest/types';
import type { TrafficMode } from '../plan/options';

/** How a Service says that clients reach its pods. */
export interface RecognisedRoute {
  readonly mode: TrafficMode;
  /** Id of the load balancer's profile. @default - none involved, or nobody can say which */
  readonly provider?: string;
  /**
   * The mode is what the Service would mean on a cluster with the older defaults: this sentence says what decides. A plan that rests
   * on it should say so, and must not write the mode's annotations.
   * @default - the Service says its mode
   */
  readonly assumed?: string;
}

const BY_CLASS: ReadonlyMap<string, ProviderProfile> = new Map(PROFILES
  .flatMap((profile) => profile.loadBalancerClass === undefined ? [] : [[profile.loadBalancerClass, profile]]));

/** Beginnings of the names behind each domain, `domain/name`: comparing names only is several times faster than whole keys. */
const BY_DOMAIN: ReadonlyMap<string, readonly (readonly [string, ProviderProfile])[]> = byDomain();

const NO_ANNOTATIONS: Annotations = {};

/**
 * Reads mode and load balancer off a Service; undefined where it reaches no pods (ExternalName). A load balancer is only named where
 * its class, or an annotation that nobody else has, says it: `mode` without `provider` for a NodePort, and for a LoadBalancer that
 * could be anybody's, is *undecided* for whoever needs to know.
 *
 * @example
 * recogniseRoute({ spec: { type: 'LoadBalancer', loadBalancerClass: 'service.k8s.aws/nlb' } })?.provider; // => 'aws-nlb'
 */
export function recogniseRoute(service: Service): RecognisedRoute | undefined {
  const type = service.spec?.type ?? 'ClusterIP';
  if (type === 'ClusterIP') return { mode: 'in-cluster' };
  const nodeMode: BalancerMode = service.spec?.externalTrafficPolicy === 'Local' ? 'local' : 'cluster';
  if (type === 'NodePort') return { mode: nodeMode };
  if (type !== 'LoadBalancer') return undefined;
  const annotations = service.metadata?.annotations ?? NO_ANNOTATIONS;
  const profile = profileOf(service.spec?.loadBalancerClass, annotations);
  if (profile === undefined) return { mode: nodeMode };
  const podDirect = profile.podDirect?.(annotations);
  if (podDirect === true) return { mode: 'eni', provider: profile.id };
  const route = { mode: nodeMode, provider: profile.id };
  return podDirect === undefined && profile.unsaidMode !== undefined ? { ...route, assumed: profile.unsaidMode } : route;
}

/** A class decides alone; without one the annotations do, unless they speak of two load balancers. */
function profileOf(loadBalancerClass: string | undefined, annotations: Annotations): ProviderProfile | undefined {
  if (loadBalancerClass !== undefined) return BY_CLASS.get(loadBalancerClass);
  let found: ProviderProfile | undefined;
  for (const key of Object.keys(annotations)) {
    const profile = ownerOf(key);
    if (profile === undefined) continue;
    if (found !== undefined && found !== profile) return undefined;
    found = profile;
  }
  return found?.leavesAlone?.(annotations) === true ? undefined : found;
}

function ownerOf(key: string): ProviderProfile | undefined {
  const slash = key.indexOf('/');
  const names = BY_DOMAIN.get(key.slice(0, slash));
  if (names === undefined) return undefined;
  for (const [name, profile] of names) {
    if (key.startsWith(name, slash + 1)) return profile;
  }
  return undefined;
}

function byDomain(): Map<string, (readonly [string, ProviderProfile])[]> {
  const names = new Map<string, (readonly [string, ProviderProfile])[]>();
  for (const profile of PROFILES) {
    for (const prefix of profile.annotationPrefixes) {
      const slash = prefix.indexOf('/');
      const domain = prefix.slice(0, slash);
      names.set(domain, [...names.get(domain) ?? [], [prefix.slice(slash + 1), profile]]);
    }
  }
  return names;
}
