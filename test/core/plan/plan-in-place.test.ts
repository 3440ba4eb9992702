import type { PodSpec } from '../../../lib/core/manifest/types';
import type { GracefulOptions } from '../../../lib/core/plan/options';
import { planInPlace } from '../../../lib/core/plan/plan-in-place';
import { aWorkload, CONTAINER, planOf, textsOf, warningsOf } from './fixtures';

const nodeLabel = { key: 'deploy', value: 'nginx' };
const term = { matchExpressions: [{ key: 'deploy', operator: 'In', values: ['nginx'] }] };
const pod = (spec: PodSpec, replicas = 2, annotations?: Record<string, string>) =>
  aWorkload({ metadata: { name: 'web', annotations }, spec: { replicas }, pod: { containers: [CONTAINER], ...spec } });
const spread = { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { app: 'web' } }, matchLabelKeys: ['pod-template-hash'] };

describe(planInPlace, () => {
  test('draws the pods to labelled nodes, and says that this promises nothing', () => {
    const plan = planOf({ inPlace: { nodeLabel, nodes: 2 } });
    expect(plan.disruption).toEqual({ topologySpreadConstraint: spread, preferredNodeAffinity: { weight: 1, preference: term } });
    expect(warningsOf(plan)).toEqual([
      'only-preferred: inPlace.nodes must be held by the scheduler, for a pod on every labelled node: current value is a preference, which a full or better-scored node overrides. '
      + 'Use inPlace.required where the load balancer relies on these nodes.',
    ]);
  });

  test('holds the pods to labelled nodes, evenly', () => {
    const plan = planOf({ inPlace: { nodeLabel, nodes: 2, required: true } });
    expect(plan.disruption).toEqual({ topologySpreadConstraint: { ...spread, whenUnsatisfiable: 'DoNotSchedule', nodeTaintsPolicy: 'Honor' }, requiredNodeAffinity: term });
    expect(plan.warnings).toEqual([]);
  });

  test('refuses more nodes than there are pods', () => {
    expect(textsOf({ inPlace: { nodeLabel, nodes: 3 } })).toEqual([
      'inPlace.nodes must be at most 2, the least number of replicas, so that each node can have a pod: current value is 3. Label fewer nodes, or run more replicas.',
    ]);
  });

  const held = (nodes: number, more: GracefulOptions = {}): GracefulOptions => ({ ...more, inPlace: { nodeLabel, nodes, required: true } });

  describe('refuses one pod a node where there are too few labelled nodes', () => {
    const anti = (more = {}, replicas = 2) => pod({
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } }, ...more }] } },
    }, replicas);
    const text = (field: string, wanted: string, pods: number) => [
      `spec.template.spec${field} must be ${wanted} beside inPlace.required, as there are 2 labelled nodes: a pod that fits no node stays Pending, and the rollout never ends: `
      + `current value is one pod a node, and ${pods} pods at a time. Label more nodes, run fewer replicas, or let a node take several pods.`,
    ];
    const apart = (pods: number) => text('.affinity.podAntiAffinity', 'preferred', pods);

    test('with anti-affinity: a surge pod is one too many', () => {
      expect(textsOf(held(2), anti())).toEqual(apart(3));
      expect(textsOf(held(2, { maxUnavailable: 1, maxSurge: 0 }), anti())).toEqual([]);
      expect(textsOf(held(2, { maxUnavailable: 1, maxSurge: 0 }), anti({}, 3))).toEqual(apart(3));
    });

    test('with anti-affinity of a version: all of its replicas have to fit', () => {
      const apartByVersion = { matchLabelKeys: ['pod-template-hash'] };
      expect([textsOf(held(2), anti(apartByVersion)), textsOf(held(2), anti(apartByVersion, 3))]).toEqual([[], apart(3)]);
    });

    test('but not against other pods, or those of other namespaces', () => {
      expect(textsOf(held(2), anti({ labelSelector: { matchLabels: { app: 'api' } } }))).toEqual([]);
      expect(textsOf(held(2), anti({ namespaces: ['other'] }))).toEqual([]);
    });

    test('with a port of the node', () => {
      expect(textsOf(held(2), pod({ hostNetwork: true }))).toEqual(text('', 'without hostPort and hostNetwork', 3));
      expect(textsOf(held(2, { maxUnavailable: 1, maxSurge: 0 }), pod({ hostNetwork: true }))).toEqual([]);
    });

    test('but only where no pod may land elsewhere', () => {
      expect(textsOf({ inPlace: { nodeLabel, nodes: 2 } }, anti())).toEqual([]);
    });
  });

  test('refuses a label that the manifest\'s nodeSelector excludes', () => {
    expect([textsOf(held(2), pod({ nodeSelector: { deploy: 'nginx', disk: 'ssd' } })), textsOf(held(2), pod({ nodeSelector: { deploy: 'other' } }))]).toEqual([[], [
      'spec.template.spec.nodeSelector.deploy must be \'nginx\', as inPlace.nodeLabel says: current value is "other". Correct one of the two.',
    ]]);
  });

  test('tells of an affinity that an annotation keeps, and that leads elsewhere', () => {
    const kept = { 'kube-graceful/keep.affinity': 'as agreed' };
    const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } };
    const warnings = (spec: PodSpec) => warningsOf(planOf(held(2), pod(spec, 2, kept)));
    expect([warnings({ affinity: { nodeAffinity } }), warnings({ hostNetwork: true }).slice(1)]).toEqual([[], [
      'kept-too-short: spec.template.spec.affinity must be one that leads the pods to the nodes with deploy=nginx: current value is none. '
      + 'An annotation keeps it as it is: the pods may land on any node.',
    ]]);
  });
});
