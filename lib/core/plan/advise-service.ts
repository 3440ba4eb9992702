import type { Service } from '../manifest/types';
import type { Problem } from '../problem';
import type { TrafficOptions } from './options';

/** What a Service does to its clients that no number of the plan shows. */
export function adviseService(entry: TrafficOptions, { spec }: Service, warnings: Problem[]): void {
  // Addresses of pods that are not ready are for their peers, which know how to wait for each other.
  if (spec?.clusterIP === 'None' && !spec.publishNotReadyAddresses && entry.delaySeconds === undefined) warnings.push(headless(entry.service));
  if (spec?.internalTrafficPolicy === 'Local' && spec.clusterIP !== 'None') warnings.push(ownNodeOnly(entry.service));
  const udp = (spec?.ports ?? []).filter(({ protocol }) => protocol === 'UDP').map(({ port }) => port);
  if (udp.length > 0) warnings.push(connectionless(entry.service, udp.join(', ')));
}

function headless(service: string): Problem {
  return {
    id: 'headless-service', field: `traffic.delaySeconds of Service/${service}`, found: 'nothing',
    wanted: 'told, as clients of a headless Service look up the addresses of pods and go on using what they found',
    remedy: 'Give the TTL of the cluster\'s DNS, and how long its cache and its clients keep an answer beyond that; without it, only the DNS itself is waited for.',
  };
}

function ownNodeOnly(service: string): Problem {
  return {
    id: 'internal-traffic-local', field: `spec.internalTrafficPolicy of Service/${service}`, found: '"Local"',
    wanted: '\'Cluster\' or absent, as clients of a node lose their way when its last pod has gone and the new one is on another',
    remedy: 'Remove it; trafficDistribution prefers what is near, and goes further where nothing is.',
  };
}

function connectionless(service: string, ports: string): Problem {
  return {
    id: 'udp-port', field: `UDP port ${ports} of Service/${service}`, found: 'UDP',
    wanted: 'one whose clients send again, as UDP has no connections that could be drained',
    remedy: 'Let the application answer, and its readiness probe succeed, until it ends: since Kubernetes 1.32 a flow is cut when a pod that ends is not ready any more.',
  };
}
