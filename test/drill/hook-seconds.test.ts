import { hooksDiffer, hookSeconds } from '../../lib/drill/hook-seconds';

const container = (preStop: object) => ({ lifecycle: { preStop } });

describe(hookSeconds, () => {
  test.each([
    [[container({ sleep: { seconds: 15 } }), container({ sleep: { seconds: 5 } })], 15],
    [[container({ exec: { command: ['sleep', '30'] } })], 30],
    [[container({ exec: { command: ['sh', '-c', 'sleep 2.5s && nginx -s quit'] } })], 2.5],
    [[container({ exec: { command: ['/bin/leave'] } }), {}, container({ httpGet: { path: '/stop' } })], undefined],
    [undefined, undefined],
  ])('reads %j as %s', (containers, seconds) => {
    expect(hookSeconds(containers)).toBe(seconds);
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
