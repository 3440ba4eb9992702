import type { PodSpec } from '../../../lib/core/manifest/types';
import { checkOwnSpread } from '../../../lib/core/plan/own-spread';
import { aWorkload, CONTAINER, planOf, textsOf, warningsOf } from './fixtures';

const HOSTNAME = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';
const FIELD = 'spec.template.spec.topologySpreadConstraints';
const labelSelector = { matchLabels: { app: 'web' } };
const perNode = { maxSkew: 1, topologyKey: HOSTNAME, whenUnsatisfiable: 'DoNotSchedule', labelSelector };
const perZone = { ...perNode, topologyKey: ZONE };

describe(checkOwnSpread, () => {
  const options = { inPlace: { nodeLabel: { key: 'deploy', value: 'nginx' }, nodes: 3, required: true } };
  const workload = (constraints: PodSpec['topologySpreadConstraints'], annotations?: Record<string, string>, replicas = 4) => aWorkload({
    metadata: { name: 'web', annotations }, spec: { replicas }, pod: { containers: [CONTAINER], topologySpreadConstraints: constraints },
  });
  const texts = (...constraints: object[]) => textsOf(options, workload(constraints as PodSpec['topologySpreadConstraints']));
  const lacking = (found: object[]) => `${FIELD} must be given one of ${HOSTNAME} with DoNotSchedule and maxSkew of at most 1 that selects the pods beside inPlace.required, `
    + `or a labelled node may have no pod: current value is ${JSON.stringify(found)}. Add it, or leave out all of them: the plan adds one then.`;

  test('accepts one that puts a pod on each labelled node', () => {
    expect(texts(perNode)).toEqual([]);
    expect(texts({ ...perNode, maxSkew: undefined }, { ...perZone, whenUnsatisfiable: 'ScheduleAnyway' })).toEqual([]);
    expect(textsOf(options, workload([{ ...perNode, maxSkew: 2 }], undefined, 5))).toEqual([]);
    expect(textsOf({ inPlace: { ...options.inPlace, nodes: 1 } }, workload([{ ...perZone, whenUnsatisfiable: 'ScheduleAnyway' }]))).toEqual([]);
  });

  test.each([
    ['is of zones', { ...perZone, whenUnsatisfiable: 'ScheduleAnyway' }],
    ['is a wish', { ...perNode, whenUnsatisfiable: 'ScheduleAnyway' }],
    ['selects other pods', { ...perNode, labelSelector: { matchLabels: { app: 'api' } } }],
    ['lets a node stay empty', { ...perNode, maxSkew: 2 }],
  ])('refuses one that %s', (_, constraint) => {
    expect(texts(constraint)).toEqual([lacking([constraint])]);
  });

  test('says so of one that an annotation keeps, also of none', () => {
    const kept = { 'kube-graceful/keep.topologySpreadConstraints': 'as agreed' };
    const text = (found: string) => [
      `spread-not-held: ${FIELD} must be given one of ${HOSTNAME} with DoNotSchedule and maxSkew of at most 1 that selects the pods beside inPlace.required, `
      + `or a labelled node may have no pod: current value is ${found}. Add it, or remove the annotation that keeps them.`,
    ];
    expect(warningsOf(planOf(options, workload(undefined, kept)))).toEqual(text('none'));
    const loose = [{ ...perNode, maxSkew: 2 }];
    expect(warningsOf(planOf(options, workload(loose, kept)))).toEqual(text(JSON.stringify(loose)));
    expect(warningsOf(planOf(options, workload([perNode], kept)))).toEqual([]);
  });

  test('refuses to count nodes without the label', () => {
    const ignoring = { ...perNode, nodeAffinityPolicy: 'Ignore' };
    expect(texts(ignoring)).toEqual([
      `${FIELD} must be without nodeAffinityPolicy: Ignore beside inPlace.required, as nodes without the label count as empty ones then, which no pod may fill: `
      + `current value is ${JSON.stringify(ignoring)}. Leave out nodeAffinityPolicy.`,
    ]);
  });

  test('refuses more domains than there are nodes, where the pods do not fit then', () => {
    const four = { ...perNode, minDomains: 4 };
    expect(texts(four)).toEqual([
      `${FIELD} must be given minDomains of at most 3, the labelled nodes: below it, each takes maxSkew pods at most, and 4 replicas do not fit: `
      + `current value is ${JSON.stringify(four)}. Lower it, or leave it out.`,
    ]);
    expect(textsOf(options, workload([four], undefined, 3))).toEqual([]);
  });

  test('tells of zones that the labelled nodes may not fill evenly', () => {
    expect(warningsOf(planOf(options, workload([perNode, perZone])))).toEqual([
      `pods-may-not-fit: ${FIELD} must be 'ScheduleAnyway' beside inPlace.required, or met by as many labelled nodes in each ${ZONE}: `
      + `a pod that fits no node stays Pending, and the rollout stops: current value is ${JSON.stringify(perZone)}. Over the labelled nodes, one of ${HOSTNAME} holds the pods apart.`,
    ]);
  });

  test('is content with any where pods may land elsewhere', () => {
    expect(textsOf({ inPlace: { ...options.inPlace, required: false } }, workload([{ ...perZone, nodeAffinityPolicy: 'Ignore' }]))).toEqual([]);
  });

  test('is content with the one that the plan adds', () => {
    const { topologySpreadConstraint } = planOf(options, workload(undefined)).disruption;
    expect(texts(topologySpreadConstraint!)).toEqual([]);
  });
});
