import { parseDrill } from '../../lib/cli/parse-drill';

const parse = (line: string) => parseDrill(line.split(' '));
const messageOf = (line: string) => {
  try {
    return parse(line);
  } catch (error) {
    return (error as Error).message.split('\n');
  }
};
const web = 'web --address http://lab';

describe(parseDrill, () => {
  test('rolls under a small load where nothing else is said', () => {
    expect(parse(web)).toEqual({
      drill: {
        deployment: 'web', action: { kind: 'roll' },
        load: { address: 'http://lab', clients: [{ kind: 'new', ratePerSecond: 20 }, { kind: 'reused', ratePerSecond: 20 }] },
      },
      yes: false, allowedLost: 0, files: {},
    });
  });

  test('takes the cluster, the verdict and the files', () => {
    const line = `deployment/${web} --context lab --kubeconfig k --namespace shop --yes --allow 3 --timeout 90 --quiet 1 --json a --html b --svg c --options {}`;
    const { drill: { deployment, context, kubeconfig, namespace, timeoutSeconds, quietSeconds }, ...rest } = parse(line);
    expect({ deployment, context, kubeconfig, namespace, timeoutSeconds, quietSeconds }).toEqual({
      deployment: 'web', context: 'lab', kubeconfig: 'k', namespace: 'shop', timeoutSeconds: 90, quietSeconds: 1,
    });
    expect(rest).toEqual({ yes: true, allowedLost: 3, optionsJson: '{}', files: { json: 'a', html: 'b', svg: 'c' } });
  });

  test.each(['web', 'deployment/web', 'deployments/web', 'deploy/web', 'deployment.apps/web'])('takes a name as kubectl does: %s', (name) => {
    expect(parse(`${name} --address http://lab`).drill.deployment).toBe('web');
  });

  test('takes each kind of client, with its path', () => {
    const line = `${web} --new 60 --reused 30 --idle 5 --idle 60 --http2 10 --slow 2 --slow-ms 500 --slow-path /s --stream 4 --websocket 3 --path /p --goodbye bye`;
    expect(parse(line).drill.load.clients).toEqual([
      { kind: 'new', ratePerSecond: 60, path: '/p' },
      { kind: 'reused', ratePerSecond: 30, path: '/p' },
      { kind: 'reused', name: 'idle 5 s', ratePerSecond: 1, idleSeconds: 5, path: '/p' },
      { kind: 'reused', name: 'idle 60 s', ratePerSecond: 1, idleSeconds: 60, path: '/p' },
      { kind: 'http2', ratePerSecond: 10, path: '/p' },
      { kind: 'slow', ratePerSecond: 2, requestMs: 500, path: '/s' },
      { kind: 'stream', connections: 4, goodbye: 'bye' },
      { kind: 'websocket', connections: 3, goodbye: 'bye' },
    ]);
  });

  test.each([
    ['--action roll-back', { kind: 'roll-back' }],
    ['--action two-rolls', { kind: 'two-rolls' }],
    ['--action never-ready --for 5', { kind: 'never-ready', forSeconds: 5 }],
    ['--action drain-node --node node-1', { kind: 'drain-node', node: 'node-1' }],
    ['--action scale-in --to-replicas 1', { kind: 'scale-in', toReplicas: 1 }],
    ['--action delete-pod', { kind: 'delete-pod' }],
    ['--command uptime', { kind: 'command', command: 'uptime' }],
  ])('takes %s', (flags, action) => {
    expect(parse(`${web} ${flags}`).drill.action).toEqual(action);
  });

  test.each([
    ['--address http://lab', 'Cannot go on as DEPLOYMENT must be the name of one Deployment: current value is []'],
    [`statefulset/${web}`, 'Cannot go on as DEPLOYMENT must be the name of one Deployment: current value is ["statefulset/web"]'],
    ['deployment/ --address http://lab', 'Cannot go on as DEPLOYMENT must be the name of one Deployment: current value is ["deployment/"]'],
    [`api ${web}`, 'Cannot go on as DEPLOYMENT must be the name of one Deployment: current value is ["api","web"]'],
    ['web', 'Cannot go on as --address must be http://host[:port]: current value is undefined'],
    [`${web} --new many`, 'Cannot go on as --new must be a number >= 0: current value is "many"'],
    [`${web} --allow -1`, 'Option \'--allow\' argument is ambiguous'],
    [`${web} --action explode`,
      'Cannot go on as --action must be roll, roll-back, never-ready, two-rolls, drain-node, scale-in, delete-pod or command: current value is "explode"'],
    [`${web} --allow 1.5`, 'Cannot go on as --allow must be a whole number >= 0: current value is "1.5"'],
    [`${web} --new=`, 'Cannot go on as --new must be a number >= 0: current value is ""'],
    [`${web} --idle 5 --idle 5`, 'Cannot go on as the clients must be clients of different names: current value is ["idle 5 s","idle 5 s"]'],
    [`${web} --node= --action drain-node`, 'Cannot go on as --node must be a name: current value is ""'],
    [`${web} --from=`, 'Cannot go on as --from must be a command: current value is ""'],
    [`${web} --json=`, 'Cannot go on as --json must be a file: current value is ""'],
    [`${web} --action command`, 'Cannot go on as --command must be what is to be run: current value is undefined'],
    [`${web} --colour red`, 'Unknown option \'--colour\''],
  ])('refuses: %s', (line, message) => {
    expect(() => parse(line)).toThrow(message);
  });

  test.each([
    ['--context=', 'Cannot go on as --context must be a name: current value is ""'],
    ['--namespace=', 'Cannot go on as --namespace must be a name: current value is ""'],
    ['--kubeconfig=', 'Cannot go on as --kubeconfig must be a file: current value is ""'],
  ])('refuses a cluster without a name, which kubectl would take for the current one: %s', (flag, message) => {
    expect(() => parse(`${web} --yes ${flag}`)).toThrow(new Error(message));
    expect(() => parseDrill([...`${web} --yes`.split(' '), flag.slice(0, -1), ''])).toThrow(new Error(message));
  });

  test('refuses what is outside its bounds, in the words of the flags, with all problems at once', () => {
    const flags = '--new 0 --reused 5001 --idle 601 --http2 x --slow 1 --slow-ms 600001 --slow-path s --stream 1.5 --websocket 0 --path p --goodbye= --quiet 61 --timeout 0';
    expect(messageOf(`web --address lab ${flags} --request-timeout 601 --action never-ready --for 3601`)).toEqual([
      'Cannot go on as --http2 must be a number >= 0: current value is "x"',
      'Cannot go on as --timeout must be a number from 1 to 7000: current value is 0',
      'Cannot go on as --quiet must be a number from 0 to 60: current value is 61',
      'Cannot go on as --for must be a number from 1 to 3600: current value is 3601',
      'Cannot go on as --address must be http://host[:port]: current value is "lab"',
      'Cannot go on as --request-timeout must be a number from 0.01 to 600: current value is 601',
      'Cannot go on as --new must be a number from 0.01 to 5000: current value is 0',
      'Cannot go on as --path must be a path that begins with one /: current value is "p"',
      'Cannot go on as --reused must be a number from 0.01 to 5000: current value is 5001',
      'Cannot go on as --idle must be a number from 0.01 to 600: current value is 601',
      'Cannot go on as --slow-ms must be a number from 0 to 600000: current value is 600001',
      'Cannot go on as --slow-path must be a path that begins with one /: current value is "s"',
      'Cannot go on as --stream must be a whole number from 1 to 5000: current value is 1.5',
      'Cannot go on as --goodbye must be at least one character: current value is ""',
      'Cannot go on as --websocket must be a whole number from 1 to 5000: current value is 0',
    ]);
  });

  test('refuses flags of another action, and of clients that are not there, with all problems at once', () => {
    const flags = '--manifest m --for 5 --node n --to-replicas 1 --pod p --command uptime --slow-ms 5 --slow-path /s --stream-path /s --websocket-path /w --path /p';
    expect(messageOf(`${web} --action two-rolls --websocket 1 ${flags}`)).toEqual([
      'Cannot go on as --slow-path must be given with --slow: current value is "/s"',
      'Cannot go on as --slow-ms must be given with --slow: current value is "5"',
      'Cannot go on as --stream-path must be given with --stream: current value is "/s"',
      'Cannot go on as --path must be given with --new or --reused or --idle or --http2: current value is "/p"',
      ...['manifest roll', 'for never-ready', 'node drain-node', 'to-replicas scale-in', 'pod delete-pod', 'command command'].map((pair) => {
        const [flag, owner] = pair.split(' ');
        return `Cannot go on as --${flag} must be given with --action ${owner}: current value is "two-rolls"`;
      }),
    ]);
    expect(parse(`${web} --path /p`).drill.load.clients).toMatchObject([{ kind: 'new', path: '/p' }, { kind: 'reused', path: '/p' }]);
  });
});
