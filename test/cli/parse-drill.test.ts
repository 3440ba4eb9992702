import { parseDrill } from '../../lib/cli/parse-drill';

const parse = (line: string) => parseDrill(line.split(' '));
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

  test('takes each kind of client, with its path', () => {
    const line = `${web} --new 60 --reused 30 --idle 5 --idle 60 --http2 10 --slow 2 --slow-ms 500 --slow-path /s --stream 4 --websocket 3 --path /p`;
    expect(parse(line).drill.load.clients).toEqual([
      { kind: 'new', ratePerSecond: 60, path: '/p' },
      { kind: 'reused', ratePerSecond: 30, path: '/p' },
      { kind: 'reused', name: 'idle 5 s', ratePerSecond: 1, idleSeconds: 5, path: '/p' },
      { kind: 'reused', name: 'idle 60 s', ratePerSecond: 1, idleSeconds: 60, path: '/p' },
      { kind: 'http2', ratePerSecond: 10, path: '/p' },
      { kind: 'slow', ratePerSecond: 2, requestMs: 500, path: '/s' },
      { kind: 'stream', connections: 4 },
      { kind: 'websocket', connections: 3 },
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
    ['--address http://lab', 'Cannot go on as DEPLOYMENT must be one name: current value is []'],
    ['web', 'Cannot go on as --address must be http://host[:port]: current value is undefined'],
    [`${web} --new many`, 'Cannot go on as --new must be a number >= 0: current value is "many"'],
    [`${web} --allow -1`, 'Option \'--allow\' argument is ambiguous'],
    [`${web} --action explode`,
      'Cannot go on as --action must be roll, roll-back, never-ready, two-rolls, drain-node, scale-in, delete-pod or command: current value is "explode"'],
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
});
