import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { startWatch, WatchEvent } from 'kube-graceful/drill';

class FakeKubectl extends EventEmitter {
  public readonly stdout = new PassThrough();
  public readonly stderr = new PassThrough();
  public kill(): void {
    this.emit('close');
  }
}

let child: FakeKubectl;
let args: readonly string[];
let how: { readonly detached?: boolean };
let nowMs = 0;
let listed = '';
jest.mock('node:child_process', () => ({
  ...jest.requireActual('node:child_process'),
  spawn: (_: string, given: readonly string[], options: { readonly detached?: boolean }) => {
    args = given;
    how = options;
    return child = new FakeKubectl();
  },
}));

jest.mock('../../lib/drill/end-group', () => ({ endGroup: (ended: FakeKubectl) => ended.kill() }));
jest.mock('../../lib/drill/now-ms', () => ({ nowMs: () => nowMs }));
jest.mock('../../lib/drill/kubectl', () => ({ ...jest.requireActual('../../lib/drill/kubectl'), kubectl: async () => listed }));

describe(startWatch, () => {
  test('tells of each object, and keeps the words with which the API server breaks off for the error', async () => {
    const events: WatchEvent<{ name: string }>[] = [];
    const watch = startWatch<{ name: string }>({}, { kind: 'events' }, (event) => events.push(event));
    child.stdout.write('{"type":"ADDED","object":{"name":"web-1"}}\n{"type":"ERROR","object":{"kind":"Status","message":"too old"}}\n');
    await turn();
    expect(events).toEqual([{ type: 'ADDED', object: { name: 'web-1' }, seenAtMs: expect.any(Number) }]);
    child.emit('close');
    await expect(watch.ended).rejects.toThrow('Cannot go on watching events: too old');
  });

  test('breaks off, and shows the line, where kubectl says what is no event', async () => {
    const watch = startWatch({}, { kind: 'pods' }, () => {});
    child.stdout.write('Welcome!\n');
    await expect(watch.ended).rejects.toThrow(new Error(
      'Cannot go on watching pods: kubectl printed "Welcome!", and must print nothing but JSON: send the rest to its standard error'));
    await expect(watch.stop()).rejects.toThrow('Welcome!'); // and kubectl has been ended
  });

  test('breaks off where an event cannot be taken', async () => {
    const watch = startWatch<{ metadata: { name: string } }>({}, { kind: 'pods' }, ({ object }) => void object.metadata.name);
    child.stdout.write('{"type":"ADDED","object":{}}\n');
    await expect(watch.ended).rejects.toThrow('Cannot go on watching pods: kubectl printed "{\\"type\\":\\"ADDED\\",\\"object\\":{}}", and must print');
  });

  test('asks for all objects at once, as kubectl tells of pages, not of objects, where they come in pages', () => {
    startWatch({ namespace: 'shop' }, { kind: 'pods', selector: 'app=web' }, () => {});
    expect(args.join(' ')).toBe('--namespace shop get pods --selector app=web --watch --output-watch-events --chunk-size=0 -o json');
  });

  test('stands away from the terminal, whose Ctrl-C would end it before the drill is interrupted', () => {
    startWatch({}, { kind: 'pods' }, () => {});
    expect(how.detached).toBe(true);
  });

  test('ends in order when it is stopped', async () => {
    const watch = startWatch({}, { kind: 'pods' }, () => {});
    await expect(watch.stop()).resolves.toBeUndefined();
  });

  test('says that there is no kubectl', async () => {
    const watch = startWatch({}, { kind: 'pods' }, () => {});
    child.emit('error', Object.assign(new Error('spawn kubectl ENOENT'), { code: 'ENOENT' }));
    await expect(watch.ended).rejects.toThrow(new Error(
      'Cannot go on watching pods: there is no kubectl: install it, or put its folder into PATH'));
  });

  test('breaks off with what kubectl said where it fails at the start', async () => {
    const watch = startWatch({}, { kind: 'pods' }, () => {});
    child.stderr.write('error: You must be logged in to the server (Unauthorized)\n');
    await turn();
    child.emit('close', 1);
    await expect(watch.ended).rejects.toThrow(new Error(
      'Cannot go on watching pods: error: You must be logged in to the server (Unauthorized)'));
  });
});

describe('a watch that the API server ends after a while', () => {
  type Told = { metadata: { name: string; uid: string; resourceVersion: string } };
  const line = (type: string, name: string, resourceVersion: string) =>
    child.stdout.write(`${JSON.stringify({ type, object: { metadata: { name, uid: `uid of ${name}`, resourceVersion } } })}\n`);
  const told: string[] = [];
  const start = () => startWatch<Told>({}, { kind: 'pods' }, ({ type, object: { metadata } }) => told.push(`${type} ${metadata.name} ${metadata.resourceVersion}`));
  const endAfter = async (ms: number) => {
    nowMs += ms;
    const before = child;
    child.emit('close', 0);
    await turn();
    return child !== before;
  };
  beforeEach(() => void told.splice(0));
  afterEach(() => jest.useRealTimers());

  test('is begun again, and tells only what is new', async () => {
    const watch = start();
    for (const name of ['web-1', 'web-2']) line('ADDED', name, '1');
    await turn();
    expect(await endAfter(1_800_000)).toBe(true);
    line('ADDED', 'web-1', '1');
    line('ADDED', 'web-2', '2');
    line('ADDED', 'web-3', '3');
    line('MODIFIED', 'web-3', '4');
    await turn();
    expect(told).toEqual(['ADDED web-1 1', 'ADDED web-2 1', 'MODIFIED web-2 2', 'ADDED web-3 3', 'MODIFIED web-3 4']);
    await watch.stop();
  });

  test('tells the end of what was deleted meanwhile, once it is known', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    const watch = start();
    for (const name of ['web-1', 'web-2', 'web-3']) line('ADDED', name, '1');
    await turn();
    await endAfter(1_800_000);
    line('ADDED', 'web-1', '1');
    await turn();
    const listing = (...names: string[]) => listed = JSON.stringify({ kind: 'List', metadata: {}, items: names.map((name) => ({ metadata: { uid: `uid of ${name}` } })) });
    listing('web-1', 'web-3'); // web-3 goes before the new watch begins, and is in none of its lines
    await jest.advanceTimersByTimeAsync(1000);
    expect(told.slice(3)).toEqual(['DELETED web-2 1']);
    listing('web-1');
    await jest.advanceTimersByTimeAsync(1000);
    expect(told.slice(3)).toEqual(['DELETED web-2 1', 'DELETED web-3 1']);
    expect(jest.getTimerCount()).toBe(0);
    await watch.stop();
  });

  test('has failed where it ends within 10 s', async () => {
    const watch = start();
    expect(await endAfter(1_800_000)).toBe(true);
    expect(await endAfter(9_999)).toBe(false);
    await expect(watch.ended).rejects.toThrow(new Error('Cannot go on watching pods: kubectl ended'));
  });
});
