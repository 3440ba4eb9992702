import type { RolloutContext } from '../manifest/inventory';
import { Problem, shown } from '../problem';
import { PROFILE_IDS } from '../traffic/find-profile';
import type { BalancerMode, ProviderProfile } from '../traffic/profile';
import type { TrafficOptions } from './options';

/** What can be wrong with one way to the pods, as problems. */
export function unknownService(entry: TrafficOptions, context: RolloutContext): Problem {
  const names = context.services.map((service) => service.metadata?.name).join(', ') || 'there is none';
  return {
    id: 'unknown-service', field: 'traffic.service', wanted: `a Service that selects the pods: ${names}`, found: shown(entry.service),
    remedy: 'Correct the name, or the Service\'s selector.',
  };
}

export function unknownProvider(entry: TrafficOptions, provider: string): Problem {
  return {
    id: 'unknown-provider', field: `provider of Service/${entry.service}`, wanted: `one of ${PROFILE_IDS.join(', ')}`, found: shown(provider),
    remedy: 'For any other load balancer, give \'generic\' with delaySeconds and what you know of its health check.',
  };
}

export function unknownMode(entry: TrafficOptions, profile: ProviderProfile, mode: BalancerMode): Problem {
  return {
    id: 'unknown-mode', field: `mode of Service/${entry.service}`, wanted: `one of ${Object.keys(profile.modes).join(', ')}, which ${profile.name} has`,
    found: shown(mode), remedy: 'Choose one of these, or another provider.',
  };
}

export function needsDelay(entry: TrafficOptions, profile: ProviderProfile): Problem {
  return {
    id: 'needs-delay', field: `traffic of Service/${entry.service}`, wanted: `given delaySeconds, as provider '${profile.id}' knows none`, found: 'nothing',
    remedy: 'Give what the load balancer\'s maker says, or measure how long it goes on sending to a deleted pod.',
  };
}

export function unknownBalancer(entry: TrafficOptions): Problem {
  return {
    id: 'unknown-load-balancer', field: `provider of Service/${entry.service}`, wanted: `told: one of ${PROFILE_IDS.join(', ')}`, found: 'nothing',
    remedy: 'Nothing on the Service shows which load balancer it gets, and each follows the pods in its own time.',
  };
}

export function notReadyPublished(service: string): Problem {
  return {
    id: 'publishes-not-ready', field: `spec.publishNotReadyAddresses of Service/${service}`, found: 'true',
    wanted: 'false or absent, as it sends clients to pods that are not ready or are ending',
    remedy: 'Remove it; a headless Service for peers can be a second Service.',
  };
}

export function unsaidMode(entry: TrafficOptions): Problem {
  return {
    id: 'unknown-mode', field: `traffic of Service/${entry.service}`, wanted: 'told: in-cluster, cluster, local, eni or ingress', found: 'nothing',
    remedy: `Give traffic: [{ service: '${entry.service}', mode: ... }].`,
  };
}

export function unsaidDelay(entry: TrafficOptions): Problem {
  return {
    id: 'needs-delay', field: `traffic of Service/${entry.service}`, found: 'nothing',
    wanted: 'given delaySeconds, as the controller of an ingress, or of a gateway, follows the pods in its own time',
    remedy: `Give traffic: [{ service: '${entry.service}', mode: 'ingress', delaySeconds: ... }] with what its maker says or you measured.`,
  };
}

export function alsoBehindIngress(entry: TrafficOptions, ingress: string): Problem {
  return {
    id: 'also-behind-ingress', field: `traffic.delaySeconds of Service/${entry.service}`, found: 'nothing',
    wanted: `told, as ${ingress} leads to the Service, too, and its controller follows the pods in its own time`,
    remedy: 'Give the longer of the two delays, or let the ingress have a Service of its own.',
  };
}
