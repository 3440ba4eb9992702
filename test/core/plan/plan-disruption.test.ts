import type { PodSpec, Workload } from '../../../lib/core/manifest/types';
import type { GracefulOptions } from '../../../lib/core/plan/options';
import { planDisruption } from '../../../lib/core/plan/plan-disruption';
import { aWorkload, CONTAINER, planOf, warningsOf } from './fixtures';

const spreadOf = (options: GracefulOptions, workload?: Workload, ...around: Workload[]) =>
  planOf(options, workload, ...around).disruption.topologySpreadConstraint;
const pod = (spec: PodSpec) => aWorkload({ pod: { containers: [CONTAINER], ...spec } });
const spread = { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { app: 'web' } }, matchLabelKeys: ['pod-template-hash'] };

describe(planDisruption, () => {
  test('prefers to spread the pods, each version apart', () => {
    expect(planOf({}).disruption).toEqual({ topologySpreadConstraint: spread });
    const { matchLabelKeys: _, ...older } = spread;
    expect(spreadOf({ kubernetes: '1.26', shell: true })).toEqual(older);
  });

  test('spreads for the most replicas that an autoscaler allows', () => {
    const hpa = { kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' }, spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, minReplicas: 1, maxReplicas: 9 } };
    expect(spreadOf({}, aWorkload({ spec: { replicas: undefined } }), hpa as Workload)).toEqual(spread);
  });

  test.each<[string, GracefulOptions, Workload]>([
    ['wants none', { spread: false }, aWorkload()],
    ['has one', {}, pod({ topologySpreadConstraints: [{ maxSkew: 2 }] })],
    ['has one replica', {}, aWorkload({ spec: { replicas: 1 } })],
    ['has no selector', {}, aWorkload({ spec: { selector: undefined } })],
  ])('adds none where the workload %s', (_, options, workload) => {
    expect(spreadOf(options, workload)).toBeUndefined();
  });

  describe('warns that a surge pod may find no node', () => {
    const anti = (more = {}) => pod({ affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', ...more }] } } });
    const remedy = 'A new pod needs a node without an old one: with as many nodes as replicas the rollout never takes its first step.';
    const text = `surge-may-not-fit: spec.template.spec.affinity.podAntiAffinity must be preferred, or required with matchLabelKeys: [pod-template-hash]: current value is required, for every version. ${remedy}`;

    test('with anti-affinity against every version', () => {
      expect(warningsOf(planOf({}, anti()))).toEqual([text]);
      expect(warningsOf(planOf({ maxUnavailable: '0%' }, anti()))).toEqual([text]);
    });

    test('but not where a pod may go first, or versions may share a node', () => {
      expect(warningsOf(planOf({ maxUnavailable: 1 }, anti()))).toEqual([]);
      expect(warningsOf(planOf({}, anti({ matchLabelKeys: ['pod-template-hash'] })))).toEqual([]);
    });

    const keeps = 'kube-graceful/keep.maxSurge and kube-graceful/keep.maxUnavailable keep a step of your own, in which a pod goes before another comes.';

    test('with a volume that one node has at a time', () => {
      const claimed = pod({ volumes: [{ name: 'config', configMap: {} }, { name: 'data', persistentVolumeClaim: { claimName: 'data' } }] });
      expect(warningsOf(planOf({}, claimed))).toEqual([
        'surge-may-not-fit: spec.template.spec.volumes must be such that a pod more than replicas can have them, on any node: current value is a persistentVolumeClaim. '
        + `A new pod waits in vain for a volume that one node has at a time (ReadWriteOnce): the rollout never takes its first step. ${keeps}`,
      ]);
      expect([warningsOf(planOf({ maxUnavailable: 1 }, claimed)), warningsOf(planOf({}, pod({ volumes: [{ name: 'config', configMap: {} }] })))]).toEqual([[], []]);
    });

    test('with a surge that the manifest had ruled out', () => {
      const without = (maxSurge: number | string, annotations?: Record<string, string>) =>
        aWorkload({ spec: { strategy: { rollingUpdate: { maxSurge, maxUnavailable: 1 } } }, metadata: { annotations } });
      const ruled = (said: string) => ['surge-may-not-fit: spec.strategy.rollingUpdate.maxSurge must be above 0, so that a pod comes before another goes: '
        + `current value is ${said}, which becomes 1. Where there is no room for one more, the rollout never takes its first step. ${keeps}`];
      expect([warningsOf(planOf({}, without(0))), warningsOf(planOf({}, without('0%')))]).toEqual([ruled('0'), ruled('"0%"')]);
      expect([warningsOf(planOf({ maxSurge: 1 }, without(0))), warningsOf(planOf({}, without(2)))]).toEqual([[], []]);
      const kept = { 'kube-graceful/keep.maxSurge': 'one volume', 'kube-graceful/keep.maxUnavailable': 'one volume' };
      expect(warningsOf(planOf({}, without(0, kept)))).toEqual([]);
    });

    test('without a way out where a pod is alone: it could not go first', () => {
      const alone = aWorkload({ spec: { replicas: 1, strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } }, pod: { volumes: [{ name: 'data', persistentVolumeClaim: {} }] } });
      const remedies = planOf({}, alone).warnings.filter(({ id }) => id === 'surge-may-not-fit').map(({ remedy: told }) => told.split('first step. ')[1]);
      expect(remedies).toEqual(Array(2).fill('A pod that is alone cannot go before another comes without a gap: leave such a Deployment out of what is planned.'));
    });

    test('with a port of the node', () => {
      const taken = `surge-may-not-fit: spec.template.spec must be without hostPort and hostNetwork, as one pod takes the port of a node: current value is a port of the node. ${remedy}`;
      expect(warningsOf(planOf({}, pod({ hostNetwork: true })))).toEqual([taken]);
      expect(warningsOf(
        planOf({}, aWorkload({ container: { ports: [{ containerPort: 8080, hostPort: 80 } as never] } })),
      )).toEqual([taken]);
    });
  });
});
