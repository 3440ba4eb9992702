import type { Service } from '../../../lib/core/manifest/types';
import { adviseService } from '../../../lib/core/plan/advise-service';
import type { GracefulOptions } from '../../../lib/core/plan/options';
import { aService, aWorkload, anEniService, planOf, termsOf, warningsOf } from './fixtures';

const told = (service: Service, options: GracefulOptions = {}) => warningsOf(planOf(options, aWorkload(), service));

describe(adviseService, () => {
  const headless: Service['spec'] = { clusterIP: 'None' };

  test('asks how long clients of a headless Service keep an address', () => {
    expect(told(aService(headless))).toEqual([
      'headless-service: traffic.delaySeconds of Service/web must be told, as clients of a headless Service look up the addresses of pods and go on using what they found: current value is nothing. '
      + 'Give the TTL of the cluster\'s DNS, and how long its cache and its clients keep an answer beyond that; without it, only the DNS itself is waited for.',
    ]);
    expect(termsOf(planOf({}, aWorkload(), aService(headless)).routes[0].delay)).toEqual(['cluster DNS follows 5']);
    expect(told(aService(headless), { traffic: [{ service: 'web', delaySeconds: 30 }] })).toEqual([]);
    expect(told(aService({ ...headless, publishNotReadyAddresses: true }))).toEqual([]);
  });

  test('tells what internalTrafficPolicy Local does to the clients of a node', () => {
    expect(told(aService({ internalTrafficPolicy: 'Local' }))).toEqual([
      'internal-traffic-local: spec.internalTrafficPolicy of Service/web must be \'Cluster\' or absent, as clients of a node lose their way when its last pod has gone '
      + 'and the new one is on another: current value is "Local". Remove it; trafficDistribution prefers what is near, and goes further where nothing is.',
    ]);
    expect(told(aService({ internalTrafficPolicy: 'Cluster' }))).toEqual([]);
  });

  test('says that UDP has nothing to drain', () => {
    const ports = [{ port: 443, name: 'https' }, { port: 443, protocol: 'UDP', name: 'quic' }, { port: 53, protocol: 'UDP', name: 'dns' }];
    expect(told(anEniService({}, { ports }))).toEqual([
      'udp-port: UDP port 443, 53 of Service/web must be one whose clients send again, as UDP has no connections that could be drained: current value is UDP. '
      + 'Let the application answer, and its readiness probe succeed, until it ends: since Kubernetes 1.32 a flow is cut when a pod that ends is not ready any more.',
    ]);
  });
});
