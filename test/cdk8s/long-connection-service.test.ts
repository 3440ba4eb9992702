import { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { EniLoadBalancerService, GracefulDeployment, LongConnectionService, LongConnectionServiceProps } from '../../lib/cdk8s/index';
import { aChart, validationLines } from './an-app';

type Own = Pick<LongConnectionServiceProps, 'mode' | 'provider' | 'longestSession' | 'handOver' | 'heartbeat' | 'delay'>;

function aGame(own: Own) {
  const chart = aChart();
  const game = new GracefulDeployment(chart, 'game', { containers: [{ image: 'game', portNumber: 7777, readiness: kplus.Probe.fromTcpSocket() }] });
  new LongConnectionService(chart, 'arena', { deployment: game, port: 7777, ...own });
  return { chart, game };
}

const longestSession = Duration.minutes(30);

describe(LongConnectionService, () => {
  test.each([
    ['eni', '\'alibaba-nlb\', \'tencent-clb\', \'aws-nlb\''],
    ['local', '\'alibaba-nlb\''],
  ] as const)('refuses half an hour on alibaba-clb in mode %p, with the ways out', (mode, others) => {
    expect(validationLines(aGame({ mode, provider: 'alibaba-clb', longestSession }).chart)).toEqual([
      '[chart/game] drain-too-long: drain of Service chart/arena must be at most 900 s, as Alibaba Cloud CLB cuts the connections of a removed target then: '
      + 'current value is 1827 s, the grace period. Ways out: mode \'cluster\', whose targets a roll does not change; a hand-over of at most 883 s, '
      + `where clients move to another pod; a provider that leaves them alone in this mode (${others}).`,
    ]);
  });

  test.each([
    ['cluster', 'alibaba-clb'],
    ['eni', 'tencent-clb'],
  ] as const)('accepts half an hour in mode %p on %p', (mode, provider) => {
    const { chart, game } = aGame({ mode, provider, longestSession });
    expect(validationLines(chart)).toEqual([]);
    expect(game.plan.shutdown.drain.parts.map(({ value }) => value)).toContain(1800);
  });

  test('lets the clients move instead', () => {
    const { chart, game } = aGame({ mode: 'eni', provider: 'alibaba-clb', handOver: Duration.minutes(2), heartbeat: Duration.seconds(30) });
    expect(validationLines(chart)).toEqual([]);
    expect(game.plan.shutdown.drain.parts.map(({ value }) => value)).toContain(120);
  });

  test('refuses both, neither, and a second opinion', () => {
    const idOf = (lines: readonly string[]) => lines.map((line) => line.split(':')[0]);
    expect(idOf(validationLines(aGame({ mode: 'cluster', provider: 'alibaba-clb', longestSession, handOver: longestSession }).chart)))
      .toEqual(['[chart/game] contradicting-options']);
    expect(idOf(validationLines(aGame({ mode: 'cluster', provider: 'alibaba-clb' }).chart))).toEqual(['[chart/game] contradicting-options']);
    const { chart, game } = aGame({ mode: 'cluster', provider: 'alibaba-clb', longestSession });
    new LongConnectionService(chart, 'chat', { deployment: game, port: 7777, mode: 'cluster', provider: 'alibaba-clb', longestSession: Duration.minutes(10) });
    expect(idOf(validationLines(chart))).toEqual(['[chart/game] contradicting-options']);
  });

  test('stands beside Services whose connections are short', () => {
    const { chart, game } = aGame({ mode: 'eni', provider: 'tencent-clb', longestSession });
    new EniLoadBalancerService(chart, 'web', { deployment: game, port: 80, targetPort: 7777, provider: 'tencent-clb' });
    expect(validationLines(chart)).toEqual([]);
    expect(game.plan.routes).toHaveLength(2);
  });
});
