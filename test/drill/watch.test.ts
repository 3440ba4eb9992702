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
jest.mock('node:child_process', () => ({
  ...jest.requireActual('node:child_process'),
  spawn: (_: string, given: readonly string[]) => {
    args = given;
    return child = new FakeKubectl();
  },
}));

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

  test('ends in order when it is stopped', async () => {
    const watch = startWatch({}, { kind: 'pods' }, () => {});
    await expect(watch.stop()).resolves.toBeUndefined();
  });
});
