import { hookIsUnknown, hooksDiffer, hookSeconds } from '../../lib/drill/hook-seconds';

const container = (preStop: object) => ({ lifecycle: { preStop } });
const script = (text: string) => container({ exec: { command: ['sh', '-c', text] } });

describe(hookSeconds, () => {
  test.each([
    [[container({ sleep: { seconds: 15 } }), container({ sleep: { seconds: 5 } })], 15],
    [[container({ exec: { command: ['sleep', '30'] } })], 30],
    [[script('sleep 2.5s && nginx -s quit'), {}], 2.5],
    [[script('nginx -s quit; /bin/sleep 15')], 15],
    [[script('echo waiting for it; sleep 15 # a while')], 15],
    [[container({ tcpSocket: { port: 80 } })], undefined],
    [undefined, undefined],
  ])('reads %j as %s', (containers, seconds) => {
    expect([hookSeconds(containers), hookIsUnknown(containers)]).toEqual([seconds, false]);
  });
});

describe(hookIsUnknown, () => {
  test.each([
    ['another command', container({ exec: { command: ['/bin/leave'] } })], ['a request', container({ httpGet: { path: '/stop' } })],
    ['several sleeps', script('sleep 5; nginx -s quit; sleep 10')], ['a loop', script('for i in $(seq 15); do sleep 1; done')],
    ['a loop after a command', script('echo bye; while :; do sleep 1; done')], ['a loop until', script('until /bin/is-empty; do sleep 1; done')], ['a command beside the wait', script('"$@"; exec sleep 7')],
    ['a sum', script('sleep $((10+5))')], ['minutes', script('sleep 15m')], ['a program of that name', container({ exec: { command: ['/sleep.sh', '5'] } })],
  ])('takes the time of %s for unknown, beside a wait, too', (_, one) => {
    expect(hookIsUnknown([container({ sleep: { seconds: 15 } }), one])).toBe(true);
    expect(hookSeconds([container({ sleep: { seconds: 15 } }), one])).toBeUndefined();
  });
});

describe(hooksDiffer, () => {
  test.each([
    [[container({ sleep: { seconds: 15 } }), container({ exec: { command: ['sleep', '15'] } })], false],
    [[container({ sleep: { seconds: 15 } }), {}], true],
    [[{}], false],
    [undefined, false],
  ])('takes %j as %s', (containers, differ) => {
    expect(hooksDiffer(containers)).toBe(differ);
  });
});
