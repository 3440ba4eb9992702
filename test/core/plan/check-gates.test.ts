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

  test('knows those of the Services, and nothing of others', () => {
    expect(warningsOf(planOf({}, gated(`${alibaba}web`), anEniService()))).toEqual([]);
    expect(warningsOf(planOf({}, gated('example.com/warm'), aService()))).toEqual([]);
  });
});
