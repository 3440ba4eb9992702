import { KEEPABLE_FIELDS, keptFields } from '../../../lib/core/plan/kept-fields';
import { Problem } from '../../../lib/core/problem';
import { applied, aService, aWorkload, anEniService, CONTAINER, planOf, textsOf } from './fixtures';

const keep = (...fields: string[]) => Object.fromEntries(fields.map((field) => [`kube-graceful/keep.${field}`, 'agreed with operations']));

describe(keptFields, () => {
  test('reads fields with their reasons, and nothing else', () => {
    const problems: Problem[] = [];
    expect(keptFields(aWorkload({ metadata: { annotations: { ...keep('preStop'), 'example.com/keep': 'x' } } }), problems)).toEqual({ preStop: 'agreed with operations' });
    expect(problems).toEqual([]);
  });

  test('leaves every kept field of a workload as it is', () => {
    const workload = aWorkload({
      metadata: { name: 'web', annotations: keep(...KEEPABLE_FIELDS) },
      pod: { containers: [{ ...CONTAINER, livenessProbe: { tcpSocket: { port: 8080 } } }] },
    });
    const options = { longestRequestSeconds: 300, inPlace: { nodeLabel: { key: 'a', value: 'b' }, nodes: 1 }, slowestStartSeconds: 900, warmUp: { successes: 5 }, kubernetes: '1.30' };
    const { manifests, patches } = applied(options, workload, anEniService());
    expect(manifests[0]).toBe(workload);
    expect(patches.map(({ path }) => path)).toEqual([expect.stringContaining('connection-drain'), expect.stringContaining('connection-drain-timeout')]);
    expect(Object.keys(planOf(options, workload, anEniService()).kept)).toEqual([...KEEPABLE_FIELDS]);
  });

  test('leaves every kept field of a Service as it is', () => {
    const service = aService({ type: 'LoadBalancer' }, { annotations: keep('annotations', 'externalTrafficPolicy', 'loadBalancerClass') });
    const { manifests } = applied({ traffic: [{ service: 'web', mode: 'local', provider: 'alibaba-nlb' }] }, aWorkload(), service);
    expect(manifests[1]).toBe(service);
  });

  test('refuses a field that nobody writes, and a missing reason, on each object', () => {
    const wrong = { 'kube-graceful/keep.replicas': 'x', 'kube-graceful/keep.preStop': ' ' };
    const texts = [
      `kube-graceful/keep.replicas must be kube-graceful/keep. with one of ${KEEPABLE_FIELDS.join(', ')}: current value is 'replicas'. Correct the name, or remove the annotation.`,
      'kube-graceful/keep.preStop must be a reason: current value is \'\'. Say why the field stays as it is: whoever reads the explanation will ask.',
    ];
    expect(textsOf({}, aWorkload({ metadata: { name: 'web', annotations: wrong } }))).toEqual(texts);
    expect(textsOf({}, aWorkload(), aService({}, { annotations: wrong }))).toEqual(texts);
  });
});
