import fc from 'fast-check';
import type { Workload } from '../../../lib/core/manifest/types';
import type { GracefulOptions } from '../../../lib/core/plan/options';
import { PlanRefusedError } from '../../../lib/core/problem';
import { compareModes, ComparisonFacts } from '../../../lib/core/traffic/compare-modes';
import { comparisonText } from '../../../lib/core/traffic/comparison-text';
import { PROFILE_IDS } from '../../../lib/core/traffic/find-profile';
import { recommendMode } from '../../../lib/core/traffic/recommend-mode';

const WEB: Workload = {
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { replicas: 4, template: { spec: { containers: [{ ports: [{ containerPort: 80 }] }] } } },
};
const REQUESTS: GracefulOptions = { longestRequestSeconds: 20 };
const SESSIONS: GracefulOptions = { longConnection: { longestSessionSeconds: 1800 } };

describe(compareModes, () => {
  test.each<[string, GracefulOptions, ComparisonFacts, string | undefined, string[]]>([
    ['pods, where requests are all there is', REQUESTS, { provider: 'alibaba-clb' }, 'eni', [
      'Take eni: no kube-proxy on the way; a roll cuts nothing, as the drain of 47 s outlasts the pod; wait 12 s, grace 47 s.',
      'Not cluster: it goes through kube-proxy, perhaps over a second node.',
      'Not local: it goes through kube-proxy.',
    ]],
    ['nodes, where a session outlasts the longest drain', SESSIONS, { provider: 'alibaba-clb' }, 'cluster', [
      'Take cluster, the only one that fits: a roll cuts nothing; wait 7 s, grace 1822 s.',
      'Not local: its plan is refused (drain-too-long).',
      'Not eni: its plan is refused (drain-too-long).',
    ]],
    ['none, where sessions are too long and addresses are wanted', SESSIONS, { provider: 'alibaba-clb', keepsSourceAddress: true }, undefined, [
      'No mode fits.',
      'Not cluster: it loses the source address, which is wanted.',
      'Not local: its plan is refused (drain-too-long).',
      'Not eni: its plan is refused (drain-too-long).',
    ]],
    ['pods, where they keep any session', SESSIONS, { provider: 'tencent-clb', keepsSourceAddress: true }, 'eni', [
      'Take eni, the only one that fits: no kube-proxy on the way; the source address is kept; a roll cuts nothing; wait 17 s, grace 1832 s.',
      'Not cluster: it loses the source address, which is wanted.',
      'Not local: its plan is refused (session-cut).',
    ]],
    ['nodes with a pod, where only they keep the address surely', REQUESTS, { provider: 'aws-nlb', keepsSourceAddress: true }, 'local', [
      'Take local: the source address is kept; a roll cuts nothing, as the drain of 157 s outlasts the pod; wait 122 s, grace 157 s.',
      'Not cluster: it loses the source address, which is wanted.',
      'Not eni: it keeps the source address only under conditions.',
    ]],
    ['nodes, where removed pods are cut and nobody can help it', { ...REQUESTS, traffic: [{ service: 'web', delaySeconds: 5 }] },
      { provider: 'generic' }, 'cluster', [
        'Take cluster: a roll cuts nothing; wait 7 s, grace 42 s.',
        'Not local: a roll cuts what is open when a target is removed.',
        'Not eni: a roll cuts what is open when a target is removed.',
      ]],
  ])('recommends %s', (_title, options, facts, mode, reasons) => {
    expect(compareModes(options, WEB, facts).recommendation).toEqual({ ...mode && { mode }, reasons });
  });

  test('waits for the load balancer only where a roll changes its targets', () => {
    const waits = (entry: object) => compareModes({ traffic: [{ service: 'web', delaySeconds: 60, registrationSeconds: 50, ...entry }] }, WEB, { provider: 'alibaba-clb' })
      .columns.map(({ mode, times }) => `${mode} ${times?.preStopWaitSeconds}`);
    expect(waits({ mode: 'eni' })).toEqual(['cluster 7', 'local 62', 'eni 62']);
    expect(waits({})).toEqual(['cluster 7', 'local 62', 'eni 62']);
    expect(waits({ mode: 'cluster' })).toEqual(['cluster 62', 'local 62', 'eni 62']);
  });

  test('counts targets and holds them against the limits of the provider', () => {
    const quotas = (facts: ComparisonFacts) => compareModes(REQUESTS, WEB, facts).columns
      .map(({ targetsAtMost, quotaExceeded }) => [targetsAtMost, quotaExceeded]);
    expect(quotas({ provider: 'tencent-clb', nodes: 120 })).toEqual([[120, '120 targets, of at most 100'], [7, undefined], [7, undefined]]);
    expect(quotas({ provider: 'alibaba-clb', nodes: 3, loadBalancers: 51 }))
      .toEqual([[3, '51 load balancers on each node, of at most 50'], [3, undefined], [8, undefined]]);
    expect(quotas({ provider: 'alibaba-clb', nodes: 3, loadBalancers: 50 })).toEqual([[3, undefined], [3, undefined], [8, undefined]]);
  });

  describe('throws at wrong facts', () => {
    const refused = (facts: unknown, ...texts: readonly string[]) => {
      const message = ['Cannot plan the rollout of Deployment/web:', ...texts.map((text) => `  - facts${text}`)].join('\n');
      expect(() => compareModes(REQUESTS, WEB, facts as ComparisonFacts)).toThrow(PlanRefusedError);
      expect(() => compareModes(REQUESTS, WEB, facts as ComparisonFacts)).toThrow(new Error(message));
    };
    const provider = (found: string) => `.provider must be one of ${PROFILE_IDS.join(', ')}: current value is ${found}. `
      + 'For any other load balancer, give \'generic\' with delaySeconds and what you know of its health check.';
    const number = (name: string, found: string, remedy = 'Give a number in this range, or leave it out.') =>
      `.${name} must be a whole number from 1 to 100000: current value is ${found}. ${remedy}`;

    test('such as a provider that has no profile', () => {
      refused({ provider: 'clb' }, provider('"clb"'));
      refused({ nodes: 3 }, provider('undefined'));
    });

    test('all at once', () => {
      refused(
        { provider: 'clb', nodes: -3, loadBalancers: 'x', keepsSourceAddress: 'yes', node: 3 },
        number('nodes', '-3'), number('loadBalancers', '"x"', 'Give it as a number, without quotes.'),
        '.keepsSourceAddress must be true or false: current value is "yes". Give one of these, or leave it out.',
        '.node must be the name of an option: current value is 3. Look for a misspelt name, or leave it out.',
        provider('"clb"'),
      );
      refused({ provider: 'alibaba-clb', nodes: 0, loadBalancers: 100_001 }, number('nodes', '0'), number('loadBalancers', '100001'));
    });

    test('of a workload in a namespace', () => {
      const there = { ...WEB, metadata: { name: 'web', namespace: 'shop' } };
      expect(() => compareModes(REQUESTS, there, { provider: 'clb' })).toThrow('Cannot plan the rollout of Deployment/web in shop:\n');
    });

    test('or none at all', () => {
      refused(null, ' must be an object: current value is null. Give it in this form, or leave it out.');
    });
  });

  test('never recommends a mode that is refused, or that loses an address that is wanted', () => {
    fc.assert(fc.property(
      fc.constantFrom(...PROFILE_IDS), fc.integer({ min: 1, max: 4000 }), fc.boolean(), fc.integer({ min: 1, max: 300 }),
      (provider, longestSessionSeconds, keepsSourceAddress, nodes) => {
        const facts = { provider, keepsSourceAddress, nodes };
        const { columns, recommendation } = compareModes({ longConnection: { longestSessionSeconds } }, WEB, facts);
        const chosen = columns.find(({ mode }) => mode === recommendation.mode);
        expect(recommendation.reasons).toHaveLength(chosen ? 3 : 4);
        expect(chosen?.refused ?? []).toEqual([]);
        expect(chosen?.quotaExceeded).toBeUndefined();
        if (keepsSourceAddress) expect(chosen?.sourceAddress).not.toBe('lost');
      },
    ), { numRuns: 60 });
  });
});

describe(recommendMode, () => {
  test('says so where there is nothing to choose from', () => {
    expect(recommendMode([], { provider: 'generic' })).toEqual({ reasons: ['No mode fits.'] });
  });
});

describe(comparisonText, () => {
  test('sets the modes side by side, as the second article does', () => {
    expect(comparisonText(compareModes(REQUESTS, WEB, { provider: 'alibaba-clb', nodes: 12 }))).toMatchInlineSnapshot(`
"alibaba-clb          cluster                        local                             eni
targets              all nodes, at most 12          nodes that host a pod, at most 8  pods, at most 8
quota                no limit known to be exceeded  no limit known to be exceeded     no limit known to be exceeded
source address       lost                           kept                              kept
through kube-proxy   yes, perhaps a second node     yes, same node                    no
preStop wait         7 s                            12 s                              12 s
grace                42 s                           47 s                              47 s
minReady             0 s                            16 s                              6 s
load balancer drain  42 s                           47 s                              47 s
a roll may cut       nothing                        nothing, drain outlasts the pod   nothing, drain outlasts the pod
refused              no                             no                                no

quota: each node (ECS) of every Service counts: one may be attached to 50 load balancers, then no new listener can be made (the second article, 2020)

Take eni: no kube-proxy on the way; a roll cuts nothing, as the drain of 47 s outlasts the pod; wait 12 s, grace 47 s.
Not cluster: it goes through kube-proxy, perhaps over a second node.
Not local: it goes through kube-proxy."
`);
  });

  test('says why modes are refused', () => {
    expect(comparisonText(compareModes(REQUESTS, WEB, { provider: 'generic' })).split('\n').slice(10)).toEqual([
      'refused              no                             needs-delay                    needs-delay',
      '',
      'local: traffic of Service/web must be given delaySeconds, as provider \'generic\' knows none: current value is nothing. '
        + 'Give what the load balancer\'s maker says, or measure how long it goes on sending to a deleted pod.',
      'eni: traffic of Service/web must be given delaySeconds, as provider \'generic\' knows none: current value is nothing. '
        + 'Give what the load balancer\'s maker says, or measure how long it goes on sending to a deleted pod.',
      '',
      'Take cluster, the only one that fits: a roll cuts nothing; wait 7 s, grace 42 s.',
      'Not local: its plan is refused (needs-delay).',
      'Not eni: its plan is refused (needs-delay).',
    ]);
  });
});
