import { checkGates } from '../../../lib/core/plan/check-gates';
import { aService, aWorkload, anEniService, CONTAINER, planOf, warningsOf } from './fixtures';

describe(checkGates, () => {
  const gated = (conditionType: string) => aWorkload({ pod: { containers: [CONTAINER], readinessGates: [{ conditionType }] } });
  const alibaba = 'service.readiness.alibabacloud.com/';
  const text = (services: string) => [
    `unknown-gate: spec.template.spec.readinessGates must be of a Service that leads to the pods: ${services}; nobody opens another, and no new pod gets ready: `
    + `current value is ${alibaba}wbe. Correct the name behind the slash, or remove the gate; the plan adds those of the Services that it knows.`,
  ];

  test('tells of a gate that nobody opens', () => {
    expect(warningsOf(planOf({}, gated(`${alibaba}wbe`), anEniService()))).toEqual(text('web'));
    expect(warningsOf(planOf({}, gated(`${alibaba}wbe`)))).toEqual(text('none is known'));
  });

  test.each(['cloud.tencent.com/load-balancer-backendgroup-ready', 'target-health.elbv2.k8s.aws/k8s-web-1'])('tells of %s, which is never written by hand', (gate) => {
    expect(warningsOf(planOf({}, gated(gate), aService()))).toEqual([
      'gate-by-hand: spec.template.spec.readinessGates must be without those that a webhook adds to each pod under names of its own; nobody opens one that is not such a name, '
      + `and no new pod gets ready: current value is ${gate}. Remove it, and let the load balancer's controller add its own.`,
    ]);
  });

  test('knows those of the Services, and nothing of others', () => {
    expect(warningsOf(planOf({}, gated(`${alibaba}web`), anEniService()))).toEqual([]);
    expect(warningsOf(planOf({}, gated('example.com/warm'), aService()))).toEqual([]);
  });
});
