import { OPTIONS, Shape } from '../../../lib/core/plan/option-shapes';
import { soundOptions } from '../../../lib/core/plan/sound-options';
import { Problem, problemText } from '../../../lib/core/problem';
import { untyped } from './fixtures';

function check(options: unknown): { sound: unknown; texts: string[] } {
  const problems: Problem[] = [];
  const sound = soundOptions(untyped(options), problems);
  return { sound, texts: problems.map(problemText) };
}

const labelled = (backendLabel: unknown) => ({ traffic: [{ service: 'web', backendLabel }] });

const labelsText = (found: string) => `traffic[0].backendLabel must be labels as key=value, separated by commas, such as 'pool=web,zone=a': current value is ${found}. `
  + 'Give the labels that the nodes carry, without blanks, or leave it out.';

const YEAR = 31_536_000;

/** Every number of the options, with the options that hold it. */
function numbersOf(shape: Shape, wrap: (value: unknown) => unknown, path: string): [string, (value: unknown) => unknown, number, number][] {
  switch (shape.kind) {
    case 'number': return [[path, wrap, shape.least, shape.most]];
    case 'object': return Object.entries(shape.fields).flatMap(([key, field]) => numbersOf(field, (value) => wrap({ [key]: value }), path ? `${path}.${key}` : key));
    case 'list': return numbersOf(shape.of, (value) => wrap([value]), `${path}[0]`);
    case 'named': return numbersOf(shape.of, (value) => wrap({ web: value }), `${path}.web`);
    case 'either': return numbersOf(shape.object, wrap, path);
    case 'leaf': return [];
  }
}

describe(soundOptions, () => {
  const numbers = numbersOf(OPTIONS, (value) => value, '');

  test('knows the numbers of all options', () => {
    expect(numbers.length).toBeGreaterThan(40);
  });

  test.each(numbers)('refuses what is no whole number in %s', (field, wrap, least, most) => {
    const wanted = `${field} must be a whole number ${field.endsWith('Seconds') ? 'of seconds ' : ''}from ${least} to ${most}`;
    const remedy = 'Give a number in this range, or leave it out.';
    for (const value of [-1, least - 1, 1.5, NaN, Infinity, most + 1, 1e300, null, true, []]) {
      const shown = typeof value === 'number' ? String(value) : JSON.stringify(value);
      expect(check(wrap(value)).texts).toContainEqual(`${wanted}: current value is ${shown}. ${remedy}`);
    }
    expect(check(wrap('5')).texts).toContainEqual(`${wanted}: current value is "5". Give it as a number, without quotes.`);
    for (const value of [least, most]) expect(check(wrap(value)).texts.filter((text) => text.startsWith(wanted))).toEqual([]);
  });

  test.each<[unknown, string]>([
    [{ longestRequest: 5 }, 'longestRequest must be the name of an option: current value is 5. Look for a misspelt name, or leave it out.'],
    [{ toString: 5 }, 'toString must be the name of an option: current value is 5. Look for a misspelt name, or leave it out.'],
    [{ delaySeconds: 5 }, 'delaySeconds must be the name of an option: current value is 5. Look for a misspelt name, or leave it out.'],
    [{ traffic: [{ service: 'a', pace: 'half' }] }, 'traffic[0].pace must be the name of an option: current value is "half". Look for a misspelt name, or leave it out.'],
    [{ containers: { web: { longestReqSeconds: 1 } } }, 'containers.web.longestReqSeconds must be the name of an option: current value is 1. Look for a misspelt name, or leave it out.'],
    [{ onSigterm: 'dies' }, 'onSigterm must be one of \'drains\', \'exits\', \'ignores\': current value is "dies". Give one of these, or leave it out.'],
    [{ pace: 1 }, 'pace must be one of \'one-by-one\', \'half\': current value is 1. Give one of these, or leave it out.'],
    [{ spread: 'yes' }, 'spread must be true or false: current value is "yes". Give one of these, or leave it out.'],
    [{ kubernetes: 1.3 }, 'kubernetes must be a version such as \'1.30\': current value is 1.3. Give the older of control plane and nodes, or leave it out.'],
    [{ kubernetes: 'v1.30.1' }, 'kubernetes must be a version such as \'1.30\': current value is "v1.30.1". Give the older of control plane and nodes, or leave it out.'],
    [{ maxSurge: '1' }, 'maxSurge must be a whole number >= 0, or a percentage such as \'25%\': current value is "1". Give one of these, or leave it out.'],
    [{ maxSurge: 1e12 }, 'maxSurge must be a whole number >= 0, or a percentage such as \'25%\': current value is 1000000000000. Give one of these, or leave it out.'],
    [{ maxUnavailable: '101%' }, 'maxUnavailable must be a whole number >= 0, or a percentage from \'0%\' to \'100%\': current value is "101%". Give one of these, or leave it out.'],
    [{ liveness: { port: 0 } }, 'liveness.port must be a port number from 1 to 65535, or the name of a port: current value is 0. Give one of these, or leave it out.'],
    [{ liveness: { port: '8080' } }, 'liveness.port must be a port number from 1 to 65535, or the name of a port: current value is "8080". Give one of these, or leave it out.'],
    [{ traffic: { service: 'web' } }, 'traffic must be a list: current value is {"service":"web"}. Give it in this form, or leave it out.'],
    [{ traffic: [null] }, 'traffic[0] must be an object: current value is null. Give it in this form, or leave it out.'],
    [{ containers: [] }, 'containers must be an object: current value is []. Give it in this form, or leave it out.'],
    [{ traffic: [{ mode: 'eni' }] }, 'traffic[0].service must be given: current value is nothing. Give it, or leave out traffic[0].'],
    [{ warmUp: { periodSeconds: 5 } }, 'warmUp.successes must be given: current value is nothing. Give it, or leave out warmUp.'],
    [{ inPlace: { nodes: 2 } }, 'inPlace.nodeLabel must be given: current value is nothing. Give it, or leave out inPlace.'],
    [{ platforms: ['moon'] }, 'platforms[0] must be one of \'cluster-autoscaler\', \'node-pressure-eviction\', \'aws-spot\', \'gke-spot\', \'azure-spot\', '
      + '\'eks-node-group-update\', \'aks-node-upgrade\', \'gke-node-upgrade\': current value is "moon". Give { name, ceilingSeconds } for any other.'],
    [[], 'options must be an object: current value is []. Give it in this form, or leave it out.'],
    [null, 'options must be an object: current value is null. Give it in this form, or leave it out.'],
    [labelled('role edge'), labelsText('"role edge"')],
  ])('refuses %j', (options, text) => {
    expect(check(options).texts).toEqual([text]);
  });

  test('takes labels of nodes as Kubernetes writes them, and nothing else', () => {
    const long = 'x'.repeat(63);
    for (const label of ['pool=web', 'pool=web,zone=a', 'node.kubernetes.io/pool=web', 'spot=', `${long}=${long}`, 'My_Pool.v1-b=Web_1']) {
      expect(check(labelled(label)).texts).toEqual([]);
    }
    const wrong = [
      '', 'role', 'role edge', '=edge', 'role=edge,', ',role=edge', 'role=edge, zone=a', 'role==edge', 'role=a=b', '-role=edge', 'role=edge-', 'a/b/c=d', '/role=edge', 'Node.io/role=edge',
      `${long}x=a`, `role=${long}x`, `${'d'.repeat(254)}/role=edge`, 'role=edge\n', 5, ['role=edge'], { role: 'edge' },
    ];
    for (const label of wrong) expect(check(labelled(label)).texts).toEqual([labelsText(JSON.stringify(label))]);
  });

  test.each<[unknown, string]>([
    [{ longConnection: {} }, 'longConnection must be either longestSessionSeconds or handOverSeconds: current value is {}. '
      + 'Give the longest session where pods wait for their clients, or the time to move where clients go to another pod.'],
    [{ longConnection: { longestSessionSeconds: 1, handOverSeconds: 1 } }, 'longConnection must be either longestSessionSeconds or handOverSeconds: '
      + 'current value is {"longestSessionSeconds":1,"handOverSeconds":1}. Give the longest session where pods wait for their clients, or the time to move where clients go to another pod.'],
    [{ onSigterm: 'exits', closeNoticeSeconds: 5 }, 'closeNoticeSeconds must be 0 as onSigterm is \'exits\': only an application that drains goes on to answer after SIGTERM: '
      + 'current value is 5. Leave it out, or say that the application drains.'],
    [{ onSigterm: 'ignores', longConnection: { handOverSeconds: 60 } }, 'onSigterm must be \'drains\' beside longConnection.handOverSeconds, as clients are told to move on SIGTERM: '
      + 'current value is "ignores". Give longestSessionSeconds instead, or let the application tell its clients.'],
    [{ warmUp: { successes: 5, command: ['true'] } }, 'warmUp.command must be used with shell: true, since a shell repeats the command: current value is ["true"]. '
      + 'Say shell: true if the image has one, or give the application\'s own start-up endpoint.'],
    [{ shell: true, warmUp: { successes: 5, command: ['true'], endpoint: { path: '/' } } }, 'warmUp must be either an endpoint or a command: '
      + 'current value is {"successes":5,"command":["true"],"endpoint":{"path":"/"}}. Keep the endpoint: it needs no shell.'],
    [{ warmUp: { successes: 5, endpoint: { path: '/' }, holds: 'rollout' } }, 'warmUp.holds must be \'traffic\', as an endpoint or a command always holds back the traffic: '
      + 'current value is "rollout". Leave it out, or leave out the endpoint or command.'],
    [{ drainEndpoint: { path: '/', port: 80, longestSeconds: 5 }, preStopHook: { runs: 'before-wait', longestSeconds: 5 } },
      'drainEndpoint must be absent beside preStopHook: a container has one preStop hook: current value is {"path":"/","port":80,"longestSeconds":5}. Keep one of the two.'],
    [{ inPlace: { nodeLabel: { key: 'a', value: 'b' }, nodes: 1, required: true }, spread: false },
      'spread must be left out beside inPlace.required, as all pods may land on one of the labelled nodes without it: current value is false. Leave one of the two out.'],
  ])('refuses the contradiction in %j', (options, text) => {
    expect(check(options).texts).toEqual([text]);
  });

  test('takes the shell of the image from beside the containers', () => {
    expect(check({ shell: true, containers: { web: { warmUp: { successes: 5, command: ['true'] } } } }).texts).toEqual([]);
  });

  test('goes on with what is left, and drops what lacks a part', () => {
    const { sound, texts } = check({ longestRequestSeconds: -1, soakSeconds: 7, spread: undefined, traffic: [{ service: 'a' }, { mode: 'eni' }], inPlace: { nodes: 0, nodeLabel: { key: 'a', value: 'b' } } });
    expect(sound).toEqual({ soakSeconds: 7, traffic: [{ service: 'a' }] });
    expect(texts).toHaveLength(3);
  });

  test('writes -0 as 0', () => {
    expect(check({ soakSeconds: -0 })).toEqual({ sound: { soakSeconds: 0 }, texts: [] });
  });

  test('takes a year', () => {
    expect(check({ longestRequestSeconds: YEAR }).texts).toEqual([]);
  });
});
