import * as pulumi from '@pulumi/pulumi';
import fc from 'fast-check';
import { PlanRefusedError } from 'kube-graceful';
import type { GracefulOptions, Workload } from 'kube-graceful';
import { GracefulDeployment } from 'kube-graceful/pulumi';
import { planDeployment } from '../../lib/pulumi/plan-deployment';
import type { PlannedDeployment } from '../../lib/pulumi/plan-deployment';
import { toldOf } from '../../lib/pulumi/told-of';
import { thenKnown, whenKnown } from '../../lib/pulumi/when-known';
import { withoutValues } from '../../lib/pulumi/without-values';
import { cases } from '../core/laws/arbitraries';
import { eventually, only, rejectionOf, run } from './registrations';

jest.setTimeout(20_000);

const containers = [{ name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }] }];
const refused = (...lines: string[]) => `Cannot plan the rollout of Deployment/web:\n${lines.map((line) => `  - ${line}`).join('\n')}`;

/** What is told of a step that is refused. */
function refusalOf(step: () => unknown): string {
  try {
    void step();
  } catch (error) {
    if (!(error instanceof PlanRefusedError)) throw error;
    return error.message;
  }
  return 'none';
}

const shortGrace = 'terminationGracePeriodSeconds must be at least 52: 5 s kube-proxy on every node follows + 2 s wait margin + 10 s close notice '
  + '+ 30 s longest request + 5 s margin: current value is 10. Leave it out to get the sum, or shorten what it is made of.';

describe(planDeployment, () => {
  const warmUp = (command: pulumi.Input<string>[], successes = 3) => run(() => new GracefulDeployment('web', {
    containers, graceful: { shell: true, warmUp: { successes, command } },
  }));

  test('waits for one word of a command', async () => {
    const plain = await warmUp(['wget', 'http://localhost/warm']);
    const late = await warmUp(['wget', pulumi.interpolate`http://${eventually('localhost')}/warm`]);
    expect(only(late.registrations, 'Deployment').inputs).toEqual(only(plain.registrations, 'Deployment').inputs);
  });

  test('refuses at once what is wrong beside it', async () => {
    await expect(warmUp(['wget', eventually('http://localhost/warm')], 1)).rejects.toThrow(refused(
      'warmUp.successes must be a whole number from 2 to 100: current value is 1. Give a number in this range, or leave it out.',
    ));
  });

  test('refuses at once what has nothing to do with replicas that are known later, and that alone', async () => {
    const graceful = { terminationGracePeriodSeconds: 10, inPlace: { nodeLabel: { key: 'pool', value: 'web' }, nodes: 4 } };
    const deploy = (replicas: pulumi.Input<number>) => run(() => new GracefulDeployment('web', { containers, replicas, graceful }));
    await expect(deploy(eventually(3))).rejects.toThrow(new Error(refused(shortGrace)));
    await expect(deploy(3)).rejects.toThrow(new Error(refused(shortGrace, 'inPlace.nodes must be at most 3, the least number of replicas, '
      + 'so that each node can have a pod: current value is 4. Label fewer nodes, or run more replicas.')));
  });

  /** More of them, from other seeds, with LAW_RUNS=2000. */
  const RUNS = Number(process.env.LAW_RUNS ?? 100);
  const NEVER = new Promise<number>(() => {});

  /** What a plan is refused for, a line each. */
  const refusals = (options: GracefulOptions, workload: Workload, replicas: unknown) => refusalOf(() => planDeployment({
    name: 'web', options, workload: { ...workload, spec: { ...workload.spec, replicas } as Workload['spec'] },
  })).split('\n').slice(1);

  test('never refuses at once what it would accept, or refuse in other words, with the replicas that come', () => {
    const wrong = fc.record({
      terminationGracePeriodSeconds: fc.integer({ min: 0, max: 200 }), progressDeadlineSeconds: fc.integer({ min: 1, max: 900 }),
      maxUnavailable: fc.constantFrom<number | string>(1, 3, '20%', '50%'), maxSurge: fc.constantFrom<number | string>(0, 1, '30%'),
      inPlace: fc.record({ nodeLabel: fc.constant({ key: 'pool', value: 'web' }), nodes: fc.integer({ min: 1, max: 9 }), required: fc.boolean() }),
      autoscaler: fc.record({ minReplicas: fc.integer({ min: 0, max: 4 }), maxReplicas: fc.integer({ min: 4, max: 9 }) }),
    }, { requiredKeys: [] });
    let early = 0;
    const counts = fc.option(fc.integer({ min: 0, max: 70 }), { nil: undefined });
    fc.assert(fc.property(cases, wrong, counts, ({ options, workload }, more, replicas) => {
      const sure = refusals({ ...options, ...more }, workload, NEVER);
      expect(refusals({ ...options, ...more }, workload, replicas)).toEqual(expect.arrayContaining([...sure]));
      if (sure.length > 0) early += 1;
    }), { numRuns: RUNS });
    expect(early).toBeGreaterThan(RUNS / 6);
  });
});

describe(toldOf, () => {
  const labels = { app: 'web' };
  const spec = {
    replicas: 3, minReadySeconds: 60, selector: { matchLabels: labels },
    strategy: { rollingUpdate: { maxUnavailable: 1, maxSurge: 1 } },
    template: { metadata: { labels }, spec: { terminationGracePeriodSeconds: 10, containers } },
  };
  const planned = (graceful: GracefulOptions) => {
    const { manifest } = planDeployment(toldOf('web', { spec, graceful })) as PlannedDeployment;
    const { strategy, minReadySeconds, template } = manifest.spec!;
    return { ...strategy?.rollingUpdate, minReadySeconds, grace: template?.spec?.terminationGracePeriodSeconds };
  };

  test('takes what stands in the spec for a manifest that the plan changes, and holds what stands in the options', () => {
    expect(planned({})).toEqual({ maxSurge: 1, maxUnavailable: 0, minReadySeconds: 60, grace: 52 });
    expect(planned({ maxUnavailable: 1 })).toMatchObject({ maxUnavailable: 1 });
    expect(() => planned({ terminationGracePeriodSeconds: 10 })).toThrow(refused(shortGrace));
  });

  const negative = 'longestRequestSeconds must be a whole number of seconds from 0 to 31536000: current value is -1. '
    + 'Give a number in this range, or leave it out.';

  test('refuses arguments that contradict each other together with what the plan would refuse', () => {
    expect(refusalOf(() => toldOf('web', { spec, replicas: 3, graceful: { longestRequestSeconds: -1 } }))).toBe(refused(
      'replicas must be absent beside spec: current value is given. Say it in the spec.', negative,
    ));
    expect(refusalOf(() => toldOf('web', { graceful: { longestRequestSeconds: -1 } }))).toBe(refused(
      'spec must be given where containers is not, and only there: current value is neither. '
        + 'Give containers alone, or the whole spec with the containers in it.', negative,
    ));
  });

  test('refuses a name together with what the plan would refuse', () => {
    expect(refusalOf(() => toldOf('web', { metadata: { name: 'Web' }, containers, graceful: { longestRequestSeconds: -1 } }))).toBe(refused(
      'metadata.name must be lower case letters, digits, `-` and `.`, at most 253 of them, each part with a letter or digit at both ends: '
        + 'current value is "Web". Give metadata.name as a plain string; without it the name of the resource is taken.', negative,
    ));
  });

  test('refuses a contradiction alone where the plan needs an Output', () => {
    expect(refusalOf(() => toldOf('web', { spec, replicas: 3, graceful: { longestRequestSeconds: pulumi.output(-1) } }))).toBe(refused(
      'replicas must be absent beside spec: current value is given. Say it in the spec.',
    ));
  });

  test('refuses a name that is too long for the label of its pods', () => {
    const long = 'a'.repeat(64);
    expect(() => toldOf(long, { containers })).toThrow(`Cannot plan the rollout of Deployment/${long}:\n`
      + '  - metadata.name must be at most 63 characters beside containers, as it is the label of the pods, too: current value is 64 of them. '
      + 'Give a shorter one, or the whole spec with labels of its own.');
    expect(toldOf(long, { spec: { selector: {}, template: { spec: { containers } } } }).name).toBe(long);
  });
});

describe(whenKnown, () => {
  const soak = (inputs: object) => whenKnown<{ soakSeconds: number; margin?: number }, number>(inputs, ({ soakSeconds, margin }) => {
    const found = `${soakSeconds} beside ${margin}`;
    throw new PlanRefusedError('Deployment/web', [{ id: 'wrong-number', field: 'soakSeconds', wanted: 'a whole number', found, remedy: 'Leave it out.' }]);
  });
  const refusal = (found: string) => refused(`soakSeconds must be a whole number: current value is ${found}. Leave it out.`);

  test('says what was found where it is no secret', async () => {
    expect(() => soak({ soakSeconds: -1 })).toThrow(refusal('-1 beside undefined'));
    expect((await rejectionOf(soak({ soakSeconds: eventually(-1), other: pulumi.secret(7) }))).message).toBe(refusal('-1 beside undefined'));
  });

  test.each<[string, object]>([
    ['a secret', { soakSeconds: pulumi.secret(-1) }],
    ['computed beside a secret', { soakSeconds: eventually(-1), margin: pulumi.secret(5) }],
  ])('never says what was found where it is %s', async (_, inputs) => {
    const error = await rejectionOf(soak(inputs));
    expect(error.message).toBe(refusal('[secret]'));
    expect((error as PlanRefusedError).problems.map(({ found }) => found)).toEqual(['[secret]']);
  });
});

describe(thenKnown, () => {
  const refuse = (value: pulumi.Input<number>) => thenKnown(value, (seconds) => {
    throw new PlanRefusedError('Deployment/web', [{ id: 'too-short', field: 'graceSeconds', wanted: 'at least 52', found: `${seconds}`, remedy: 'Give 52.' }]);
  });
  const refusal = (least: string, found: string) => refused(`graceSeconds must be at least ${least}: current value is ${found}. Give ${least}.`);

  test.each<[string, pulumi.Input<number>, string]>([
    ['says what is wrong', eventually(10), refusal('52', '10')],
    ['says nothing of a secret', pulumi.secret(10), refusal('[secret]', '[secret]')],
  ])('%s', async (_, value, message) => {
    const error = await rejectionOf(refuse(value));
    expect([error.message, pulumi.RunError.isInstance(error)]).toEqual([message, true]);
  });
});

describe(withoutValues, () => {
  const hidden = (id: string, wanted: string, remedy: string) =>
    withoutValues(new PlanRefusedError('Deployment/web', [{ id, field: 'field', wanted, found: '7', remedy }])).problems[0];

  test.each([
    ['at least 52: 5 s kube-proxy + 2.5 s wait', 'at least [secret]: [secret] s kube-proxy + [secret] s wait'],
    ['{"app":{"a":"b"}}, as it is live', '[secret], as it is live'],
    ['at least \'25%\', or "a \\"quoted\\" text"', 'at least [secret], or [secret]'],
    ['the pods\' own grace, as the Service\'s is not known', 'the pods\' own grace, as the Service\'s is not known'],
    ['absent, as Deployment/web-2 says it', 'absent, as Deployment/web-2 says it'],
  ])('hides the values of %j', (text, shown) => {
    expect(hidden('grace-too-short', text, text)).toEqual({ id: 'grace-too-short', field: 'field', wanted: shown, found: '[secret]', remedy: shown });
  });

  test('leaves what is the same for everybody', () => {
    const wanted = 'a whole number from 0 to 65535';
    expect(hidden('wrong-number', wanted, 'Leave it out for 30 s.')).toMatchObject({ wanted, found: '[secret]', remedy: 'Leave it out for 30 s.' });
  });

  test('leaves names, as they say where', () => {
    const problem = { id: 'wrong-option', field: 'provider of Service/public', wanted: 'one of generic, aws-nlb', found: '"x"', remedy: 'Give one of these.' };
    expect(withoutValues(new PlanRefusedError('Deployment/web', [problem])).problems).toEqual([{ ...problem, found: '[secret]' }]);
  });

  test('leaves any other error', () => {
    const error = new Error('at least 52');
    expect(withoutValues(error)).toBe(error);
  });
});
