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
    const text = (range: string, most: string, found: number) =>
      `idle timeout of Service/web must be ${range}, so that it outlasts the silence between two heartbeats${most}: current value is ${found} s. `
      + 'Let the application speak more often than every 900 s, or choose a provider that waits longer.';
    const most = '; Alibaba Cloud CLB keeps a silent connection for 900 s at most';
    expect([texts(900), texts(1200, 600)]).toEqual([[text('at least 901 s', most, 900)], [text('at least 1201 s', most, 600)]]);
    expect(texts(899, 300)).toEqual([text('from 900 to 900 s', '', 300)]);
    expect(texts(60, 30)).toEqual([text('from 61 to 900 s', '', 30)]);
    expect(texts(5, 901)).toEqual([text('from 10 to 900 s', '', 901)]);
  });

  test('holds an unknown load balancer to what the author says of it', () => {
    const options = (idleTimeoutSeconds: number): GracefulOptions => ({
      longConnection: { longestSessionSeconds: 60, heartbeatSeconds: 60 }, traffic: [{ service: 'web', mode: 'eni', provider: 'generic', delaySeconds: 9, idleTimeoutSeconds, keepsOpenConnections: true }],
    });
    expect(textsOf(options(61), aWorkload(), aService(balanced))).toEqual([]);
    expect(textsOf(options(60), aWorkload(), aService(balanced))).toEqual([
      'idle timeout of Service/web must be at least 61 s, so that it outlasts the silence between two heartbeats: current value is 60 s. Let the application speak more often, '
      + 'or raise the timeout and say so here.',
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
    const heartbeat: GracefulOptions = { longConnection: { longestSessionSeconds: 60, heartbeatSeconds: 30 } };
    expect(warningsOf(planOf({ ...heartbeat, traffic: [{ service: 'web', mode: 'cluster' }] }, aWorkload(), aService(balanced)))).toEqual(text('this load balancer'));
    expect(warningsOf(planOf(heartbeat, aWorkload(), aService({ type: 'NodePort' })))).toEqual([]);
    expect([warnings({ provider: 'tencent-clb', idleTimeoutSeconds: 900 }), warnings({ ...generic, idleTimeoutSeconds: 900 }), warnings({ provider: 'alibaba-clb' })]).toEqual([[], [], []]);
  });

  describe('knows that a listener does not take it from the Service', () => {
    const reused = { [`${ALIBABA}id`]: 'nlb-1', [`${ALIBABA}idle-timeout`]: '600' };
    const nlb = { ...balanced, loadBalancerClass: 'alibabacloud.com/nlb' };
    const planWith = (annotations: Record<string, string>, idleTimeoutSeconds?: number) => planOf(
      { longConnection: { longestSessionSeconds: 60, heartbeatSeconds: 300 }, traffic: [{ service: 'web', mode: 'eni', idleTimeoutSeconds }] },
      aWorkload(), aService(nlb, { annotations }),
    );
    const text = (wanted: string, found: string) => [
      `idle-timeout-out-of-reach: idle timeout of Service/web must be ${wanted}: current value is ${found}, as the load balancer is reused, and its listeners are left as they are. `
      + `Set ${ALIBABA}force-override-listeners: "true", or set the idle timeout on the load balancer itself and say so with kube-graceful/keep.annotations `
      + 'beside the annotations of the idle timeout.',
    ];
    const outlasts = 'set with effect, and to at least 301 s, so that it outlasts the silence between two heartbeats';

    test('where an NLB is reused: neither what stands there nor what traffic says counts as set', () => {
      expect(warningsOf(planWith(reused))).toEqual(text(outlasts, 'not known'));
      const told = planWith(reused, 500);
      expect(warningsOf(told)).toEqual(text(outlasts, '500 s by what traffic says alone'));
      expect(told.routes[0].annotations[`${ALIBABA}idle-timeout`]).toBeUndefined();
    });

    test('but holds what traffic says of it against the heartbeat', () => {
      const options: GracefulOptions = { longConnection: { longestSessionSeconds: 60, heartbeatSeconds: 300 }, traffic: [{ service: 'web', mode: 'eni', idleTimeoutSeconds: 200 }] };
      expect(textsOf(options, aWorkload(), aService(nlb, { annotations: reused }))).toEqual([
        'idle timeout of Service/web must be at least 301 s, so that it outlasts the silence between two heartbeats: current value is 200 s. '
        + 'Let the application speak more often, or raise the timeout and say so here.',
      ]);
    });

    test('unless its listeners are overridden, or an annotation says that it is so', () => {
      const overridden = planWith({ ...reused, [`${ALIBABA}force-override-listeners`]: 'true' }, 500);
      expect([warningsOf(overridden), overridden.routes[0].annotations[`${ALIBABA}idle-timeout`]]).toEqual([[], '500']);
      const kept = { 'kube-graceful/keep.annotations': 'set up in the console' };
      expect(warningsOf(planWith({ ...reused, ...kept }))).toEqual([]);
      expect(warningsOf(planWith({ [`${ALIBABA}id`]: 'nlb-1', ...kept })).map((one) => one.split(':')[0])).toEqual(['unknown-idle-timeout']);
    });

    test('where a listener of CLB speaks HTTP', () => {
      const options: GracefulOptions = { longConnection: { handOverSeconds: 60, heartbeatSeconds: 30 } };
      expect(warningsOf(planOf(options, aWorkload(), anEniService({ [`${ALIBABA}protocol-port`]: 'http:80', [`${ALIBABA}health-check-flag`]: 'on' })))).toContain(
        'idle-timeout-out-of-reach: idle timeout of Service/web must be set with effect, and to at least 31 s, so that it outlasts the silence between two heartbeats: '
        + 'current value is not known, as its listener of port 80 is an HTTP one, which forgets a silent connection after 60 s at most. '
        + `Let port 80 be tcp in ${ALIBABA}protocol-port, with TLS and HTTP ended in the pods, or go through an ingress.`,
      );
    });
  });

  describe('knows that a TLS listener of AWS\'s NLB has a fixed one', () => {
    const AWS = 'service.beta.kubernetes.io/aws-load-balancer-';
    const options = (heartbeatSeconds: number, idleTimeoutSeconds?: number): GracefulOptions => ({
      longConnection: { longestSessionSeconds: 60, heartbeatSeconds }, traffic: [{ service: 'web', mode: 'eni', idleTimeoutSeconds }],
    });
    const service = (annotations: Record<string, string>) => aService(
      { ...balanced, loadBalancerClass: 'service.k8s.aws/nlb', ports: [{ port: 80, name: 'http' }, { port: 443, name: 'https' }] }, { annotations: { [`${AWS}ssl-cert`]: 'arn:1', ...annotations } },
    );
    const fixed = 'as its listener of port 443 is a TLS one, whose timeout is fixed at 350 s. Let the application speak more often than every 350 s, or end TLS in the pods.';

    test('which a heartbeat may be too rare for', () => {
      const texts = (annotations: Record<string, string>, heartbeatSeconds = 400) =>
        textsOf(options(heartbeatSeconds), aWorkload(), service(annotations));
      expect(texts({ [`${AWS}ssl-ports`]: '443' })).toEqual([
        `idle timeout of Service/web must be at least 401 s, so that it outlasts the silence between two heartbeats: current value is 350 s, ${fixed}`,
      ]);
      expect(texts({}).map((text) => text.split(': ')[1])).toEqual(['current value is 350 s, as its listener of port 80 is a TLS one, whose timeout is fixed at 350 s. '
        + 'Let the application speak more often than every 350 s, or end TLS in the pods.']);
      expect(texts({ [`${AWS}ssl-ports`]: '443' }, 349)).toEqual([]);
      expect([texts({ [`${AWS}ssl-ports`]: '*' }), texts({ [`${AWS}ssl-ports`]: '8443' }), texts({ [`${AWS}ssl-cert`]: '' })]).toEqual([[], [], []]);
      expect(texts({ [`${AWS}ssl-ports`]: 'https' })).toHaveLength(1);
    });

    test('so what traffic says is for the others', () => {
      const plan = planOf(options(60, 600), aWorkload(), service({ [`${AWS}ssl-ports`]: '443' }));
      expect(plan.routes[0].annotations[`${AWS}listener-attributes.TCP-80`]).toBe('tcp.idle_timeout.seconds=600');
      expect(warningsOf(plan)).toEqual([
        'idle-timeout-out-of-reach: idle timeout of Service/web must be set with effect, and to at least 61 s, so that it outlasts the silence between two heartbeats: '
        + `current value is 600 s by what traffic says alone, ${fixed}`,
      ]);
    });
  });

  describe('holds an ingress to the heartbeat', () => {
    const options = (heartbeatSeconds: number | undefined, idleTimeoutSeconds?: number): GracefulOptions => ({
      ...heartbeatSeconds === undefined ? {} : { longConnection: { longestSessionSeconds: 60, heartbeatSeconds } },
      traffic: [{ service: 'web', mode: 'ingress', delaySeconds: 5, idleTimeoutSeconds }],
    });
    const warnings = (...said: Parameters<typeof options>) => warningsOf(planOf(options(...said), aWorkload(), aService()));

    test('where the author says its timeout', () => {
      expect([textsOf(options(30, 60), aWorkload(), aService()), warnings(30, 60), warnings(undefined)]).toEqual([[], [], []]);
      expect(textsOf(options(60, 60), aWorkload(), aService())).toEqual([
        'idle timeout of Service/web must be at least 61 s, so that it outlasts the silence between two heartbeats: current value is 60 s. '
        + 'Let the application speak more often, or raise the timeout and say so here.',
      ]);
    });

    test('and asks for what is lacking', () => {
      expect(warnings(30)).toEqual([
        'unknown-idle-timeout: traffic.idleTimeoutSeconds of Service/web must be told, and at least 31, so that it outlasts the silence between two heartbeats: '
        + 'no setting of the ingress is known that shows it: current value is nothing. '
        + 'Give what its maker says or its console shows; a load balancer that forgets a silent connection cuts it without a word.',
      ]);
      expect(warnings(undefined, 60)).toEqual([
        'ignored-option: traffic.idleTimeoutSeconds of Service/web must be absent, as no setting of the ingress is known that takes it, '
        + 'and no heartbeat is told that it could be held against: current value is 60. Leave it out, or give longConnection.heartbeatSeconds.',
      ]);
    });
  });
});
