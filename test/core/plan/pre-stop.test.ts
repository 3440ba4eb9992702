import { execFileSync } from 'node:child_process';
import { problemText } from '../../../lib/core/problem';
import { HookRequest, planPreStop } from '../../../lib/core/plan/pre-stop';
import { standingWait } from '../../../lib/core/plan/standing-wait';
import type { LifecycleHandler } from '../../../lib/core/manifest/types';
import type { Problem } from '../../../lib/core/problem';

function plan(preStop: LifecycleHandler | undefined, more: Partial<HookRequest> = {}): [LifecycleHandler | undefined, number, string[]] {
  const problems: Problem[] = [];
  const container = { name: 'main', ports: [{ containerPort: 8080, name: 'http' }], ...preStop ? { lifecycle: { preStop } } : {} };
  const hook = planPreStop({ container, options: {}, waitSeconds: 17, nativeSleep: true, kept: false, ...more }, problems);
  return [hook.preStop, hook.waitSeconds, problems.map(problemText)];
}

const sh = (script: string, ...more: string[]): LifecycleHandler => ({ exec: { command: ['sh', '-c', script, ...more] } });
const exec = (...command: string[]): LifecycleHandler => ({ exec: { command } });

describe(planPreStop, () => {
  test.each<[string, LifecycleHandler | undefined, LifecycleHandler, number]>([
    ['is a native sleep where there was no hook', undefined, { sleep: { seconds: 17 } }, 17],
    ['takes the place of an empty hook', {}, { sleep: { seconds: 17 } }, 17],
    ['raises a native sleep that is too short', { sleep: { seconds: 5 } }, { sleep: { seconds: 17 } }, 17],
    ['leaves a native sleep that is longer', { sleep: { seconds: 40 } }, { sleep: { seconds: 40 } }, 40],
    ['raises `sleep 15s`, in whole seconds', exec('sleep', '15s'), exec('sleep', '17'), 17],
    ['keeps the program of a longer `sleep`', exec('/bin/sleep', '30'), exec('/bin/sleep', '30'), 30],
    ['raises a sleep in a shell', sh('sleep 10'), sh('sleep 17'), 17],
    ['raises `exec sleep` in a shell', exec('/bin/bash', '-c', 'exec sleep 10s'), exec('/bin/bash', '-c', 'exec sleep 17'), 17],
  ])('%s', (_, standing, wanted, seconds) => {
    expect(plan(standing)).toEqual([wanted, seconds, []]);
  });

  test('needs no hook where nobody connects', () => {
    expect(plan(undefined, { waitSeconds: 0 })).toEqual([undefined, 0, []]);
  });

  test('runs `sleep` of the image on an older cluster', () => {
    expect(plan(undefined, { nativeSleep: false, options: { shell: true } })).toEqual([exec('sleep', '17'), 17, []]);
    expect(plan({ sleep: { seconds: 60 } }, { nativeSleep: false, options: { shell: true } })).toEqual([exec('sleep', '60'), 60, []]);
  });

  test('refuses an older cluster with an image that has no shell', () => {
    const text = 'lifecycle.preStop of container main must be possible: preStop.sleep needs control plane and nodes of 1.30 (an older API server drops it without '
      + 'a word), exec needs `sleep` in the image: current value is no shell, and a Kubernetes before 1.30. '
      + 'Say shell: true if the image has `sleep`, give drainEndpoint, or upgrade the cluster.';
    expect(plan(undefined, { nativeSleep: false })[2]).toEqual([text]);
    expect(plan({ sleep: { seconds: 60 } }, { nativeSleep: false })[2]).toEqual([text]);
  });

  test('sets the wait after the author\'s own hook, and finds it there again', () => {
    const options = { shell: true, preStopHook: { runs: 'before-wait' as const, longestSeconds: 4 } };
    const [composed, seconds, problems] = plan(exec('/deregister', '--now'), { options });
    expect([composed, seconds, problems]).toEqual([sh('"$@"; exec sleep 17', 'preStop', '/deregister', '--now'), 21, []]);
    expect(plan(composed, { options })).toEqual([composed, 21, []]);
    expect(plan(composed, { options, waitSeconds: 30 })).toEqual([sh('"$@"; exec sleep 30', 'preStop', '/deregister', '--now'), 34, []]);
  });

  test('sets the wait before a hook that stops the application', () => {
    const options = { shell: true, preStopHook: { runs: 'after-wait' as const, longestSeconds: 20 } };
    const [composed, seconds] = plan(exec('nginx', '-s', 'quit'), { options });
    expect([composed, seconds]).toEqual([sh('sleep 17; exec "$@"', 'preStop', 'nginx', '-s', 'quit'), 37]);
    expect(plan(composed, { options })).toEqual([composed, 37, []]);
  });

  test.each<[string, HookRequest['options'], string]>([
    ['preStopHook and shell: true', {}, ''], ['preStopHook', { shell: true }, ''], ['shell: true', { preStopHook: { runs: 'before-wait', longestSeconds: 1 } }, ''],
  ])('refuses an own hook until it is told by %s', (missing, options) => {
    expect(plan(exec('nginx', '-s', 'quit'), { options })[2]).toEqual([
      `lifecycle.preStop of container main must be told by ${missing}, so that the wait can be set beside it: current value is `
      + '{"exec":{"command":["nginx","-s","quit"]}}. Say with preStopHook when it runs and how long it takes, and shell: true if the image has a shell.',
    ]);
  });

  test('refuses an own httpGet hook, as nothing can stand beside it', () => {
    expect(plan({ httpGet: { path: '/bye', port: 8080 } }, { options: { shell: true, preStopHook: { runs: 'before-wait', longestSeconds: 1 } } })[2]).toEqual([
      'lifecycle.preStop of container main must be told by an exec hook, so that the wait can be set beside it: current value is '
      + '{"httpGet":{"path":"/bye","port":8080}}. A container has one hook: replace it by drainEndpoint if it blocks until the pod may stop, else by an exec hook.',
    ]);
  });

  test('asks the application\'s own drain endpoint', () => {
    const options = { drainEndpoint: { path: '/drain', port: 'http', longestSeconds: 25 } };
    expect(plan(undefined, { options })).toEqual([{ httpGet: { path: '/drain', port: 'http' } }, 25, []]);
    expect(plan({ sleep: { seconds: 5 } }, { options })).toEqual([{ httpGet: { path: '/drain', port: 'http' } }, 25, []]);
    const withHeaders = { httpGet: { path: '/drain', port: 'http', scheme: 'HTTPS' } };
    expect(plan(withHeaders, { options })[0]).toBe(withHeaders);
  });

  test('refuses a drain endpoint that answers too early, at a port that nobody has, or over another hook', () => {
    expect(plan(exec('/deregister'), { options: { drainEndpoint: { path: '/drain', port: 'admin', longestSeconds: 9 } } })[2]).toEqual([
      'drainEndpoint.port of container main must be given a port from 1 to 65535, or the name of one of the container\'s ports: current value is "admin". Say which port is asked.',
      'drainEndpoint.longestSeconds of container main must be at least 17, as clients are still sent to the pod until then: current value is 9. Let the endpoint answer later, and say so here.',
      'lifecycle.preStop of container main must be absent beside drainEndpoint: a container has one hook: current value is {"exec":{"command":["/deregister"]}}. '
      + 'Let the endpoint do what this hook does, or leave out drainEndpoint and tell with preStopHook how long the hook takes.',
    ]);
  });

  test('refuses hooks that never run or that the API server refuses', () => {
    expect(plan({ tcpSocket: { port: 80 } })[2]).toEqual([
      'lifecycle.preStop of container main must be sleep, exec or httpGet: the kubelet never runs a tcpSocket hook: current value is {"tcpSocket":{"port":80}}. Remove it.',
    ]);
    expect(plan({ sleep: { seconds: 20 }, exec: { command: ['sleep', 30 as never] } })[2]).toEqual([
      'lifecycle.preStop of container main must be one of sleep, exec and httpGet: current value is {"sleep":{"seconds":20},"exec":{"command":["sleep",30]}}. A container has one hook: keep one of them.',
      'lifecycle.preStop of container main must be given a command that is a list of texts: current value is ["sleep",30]. Write numbers in quotes, too.',
    ]);
  });

  test('leaves a kept hook alone, whatever it is', () => {
    const kept = { kept: true };
    expect(plan(exec('sleep', '5'), kept)).toEqual([exec('sleep', '5'), 5, []]);
    expect(plan(exec('/bye'), kept)).toEqual([exec('/bye'), 17, []]);
    expect(plan(exec('/bye'), { ...kept, options: { preStopHook: { runs: 'before-wait', longestSeconds: 3 } } })).toEqual([exec('/bye'), 3, []]);
    expect(plan(undefined, kept)).toEqual([undefined, 0, []]);
    expect(plan({ tcpSocket: {} }, kept)).toEqual([{ tcpSocket: {} }, 0, []]);
  });

  test('knows of a kept hook what API servers make of it, and what contradicts it', () => {
    const kept = { kept: true };
    expect(plan({ sleep: { seconds: 30 } }, { ...kept, nativeSleep: false })).toEqual([{ sleep: { seconds: 30 } }, 0, []]);
    expect(plan(exec('sleep', 30 as never), kept)[2]).toEqual([
      'lifecycle.preStop of container main must be given a command that is a list of texts: current value is ["sleep",30]. Write numbers in quotes, too.',
    ]);
    const drainEndpoint = { path: '/drain', port: 8080, longestSeconds: 40 };
    expect(plan({ httpGet: { path: '/drain', port: 8080 } }, { ...kept, options: { drainEndpoint } }).slice(1)).toEqual([40, []]);
    expect(plan(exec('/bye'), { ...kept, options: { drainEndpoint } })[2]).toEqual([
      'drainEndpoint of container main must be absent, as an annotation keeps a hook that does not ask it: current value is {"path":"/drain","port":8080,"longestSeconds":40}. '
      + 'Leave it out, or remove the annotation.',
    ]);
  });
});

describe('composed hooks, run by a shell', () => {
  test.each(['before-wait', 'after-wait'] as const)('run the author\'s words as they are, %s', (runs) => {
    const [hook] = plan(exec('printf', '%s|', 'a b', '$HOME', '"'), { waitSeconds: 0, options: { shell: true, preStopHook: { runs, longestSeconds: 1 } } });
    const [program, ...words] = hook?.exec?.command ?? [];
    expect(execFileSync(program, words, { encoding: 'utf8' })).toBe('a b|$HOME|"|');
  });
});

describe(standingWait, () => {
  test('takes no number in a command for a wait, which no API server does either', () => {
    expect(standingWait({ exec: { command: ['sleep', 30 as never] } })).toBeUndefined();
  });

  test.each<[LifecycleHandler | undefined]>([
    [undefined], [{}], [exec()], [exec('sleep')], [exec('sleep', '1m')], [exec('sleep', '0.5')], [exec('sleep 15')], [exec('sleep', '5', '5')],
    [sh('sleep 15 && nginx -s quit')], [exec('sh', '-c', 'sleep', '15')], [exec('python', '-c', 'sleep 15')], [{ httpGet: { path: '/', port: 80 } }],
  ])('knows no wait in %j', (hook) => {
    expect(standingWait(hook)).toBeUndefined();
  });
});
