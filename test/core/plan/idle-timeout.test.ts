import { planIdleTimeout } from '../../../lib/core/plan/idle-timeout';
import type { GracefulOptions, TrafficOptions } from '../../../lib/core/plan/options';
import { aService, aWorkload, anEniService, planOf, textsOf, warningsOf } from './fixtures';

const ALIBABA = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-';
const balanced = { type: 'LoadBalancer' };

describe(planIdleTimeout, () => {
  const idleOf = (heartbeatSeconds: number | undefined, annotations = {}, idleTimeoutSeconds?: number) => {
    const options: GracefulOptions = {
      ...heartbeatSeconds === undefined ? {} : { longConnection: { longestSessionSeconds: 60, heartbeatSeconds } }, traffic: [{ service: 'web', idleTimeoutSeconds }],
    };
    return planOf(options, aWorkload(), anEniService(annotations)).routes[0].annotations[`${ALIBABA}established-timeout`];
  };

  test('leaves the default where it outlasts the heartbeat', () => {
    expect([idleOf(undefined), idleOf(60), idleOf(899)]).toEqual([undefined, undefined, undefined]);
  });

  test('raises one that stands there and is too short, and leaves a longer one', () => {
    const standing = { [`${ALIBABA}established-timeout`]: '100' };
    expect([idleOf(undefined, standing), idleOf(60, standing), idleOf(120, standing), idleOf(800, standing)]).toEqual([undefined, undefined, '240', '900']);
  });

  test('writes what the author says', () => {
    expect(idleOf(60, {}, 300)).toBe('300');
  });

  test('refuses a heartbeat that no timeout outlasts, and a timeout out of range', () => {
    const texts = (heartbeatSeconds: number, idleTimeoutSeconds?: number) => textsOf(
      { longConnection: { longestSessionSeconds: 60, heartbeatSeconds }, traffic: [{ service: 'web', idleTimeoutSeconds }] }, aWorkload(), anEniService());
    const text = (from: number, found: number) => `idle timeout of Service/web must be from ${from} to 900 s, so that it outlasts the silence between two heartbeats: current value is ${found} s. `
      + 'Let the application speak more often than every 900 s, or choose a provider that waits longer.';
    expect(texts(900)).toEqual([text(901, 900)]);
    expect(texts(60, 30)).toEqual([text(61, 30)]);
    expect(texts(5, 901)).toEqual([text(10, 901)]);
  });

  test('holds an unknown load balancer to what the author says of it', () => {
    const options = (idleTimeoutSeconds: number): GracefulOptions => ({
      longConnection: { longestSessionSeconds: 60, heartbeatSeconds: 60 }, traffic: [{ service: 'web', mode: 'eni', provider: 'generic', delaySeconds: 9, idleTimeoutSeconds, keepsOpenConnections: true }],
    });
    expect(textsOf(options(61), aWorkload(), aService(balanced))).toEqual([]);
    expect(textsOf(options(60), aWorkload(), aService(balanced))).toEqual([
      'idle timeout of Service/web must be at least 61 s, so that it outlasts the silence between two heartbeats: current value is 60 s. Let the application speak more often.',
    ]);
  });

  test('asks for what the profile does not know', () => {
    const warnings = (entry: Partial<TrafficOptions>, annotations = {}) => warningsOf(planOf(
      { longConnection: { longestSessionSeconds: 60, heartbeatSeconds: 30 }, traffic: [{ service: 'web', mode: 'eni', keepsOpenConnections: entry.provider === 'generic' || undefined, ...entry }] },
      aWorkload(), aService(balanced, { annotations }),
    ));
    const text = (name: string) => [
      `unknown-idle-timeout: traffic.idleTimeoutSeconds of Service/web must be told, and at least 31, so that it outlasts the silence between two heartbeats: no setting of ${name} is known `
      + 'that shows it: current value is nothing. Give what its maker says or its console shows; a load balancer that forgets a silent connection cuts it without a word.',
    ];
    const generic = { provider: 'generic', delaySeconds: 9, healthCheck: { intervalSeconds: 1, healthyThreshold: 2 } };
    expect(warnings({ provider: 'tencent-clb' })).toEqual(text('Tencent Cloud CLB'));
    expect(warnings(generic)).toEqual(text('any other load balancer'));
    expect([warnings({ provider: 'tencent-clb', idleTimeoutSeconds: 900 }), warnings({ ...generic, idleTimeoutSeconds: 900 }), warnings({ provider: 'alibaba-clb' })]).toEqual([[], [], []]);
    expect(warnings({ provider: 'alibaba-clb', mode: 'cluster' }, { [`${ALIBABA}id`]: 'lb-1' })).toEqual(text('Alibaba Cloud CLB'));
  });
});
