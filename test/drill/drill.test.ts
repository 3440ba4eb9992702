import { setTimeout as sleep } from 'node:timers/promises';
import { drill, DrillAction, DrillProgress } from 'kube-graceful/drill';
import { FakeCluster } from './actions/fake-cluster';
import { startBreakingServer } from './breaking-server';
import { OnFakeCluster } from './on-fake-cluster';

const stage = new OnFakeCluster();
const { drilled, template } = stage;
jest.mock('../../lib/drill/kubectl', () => ({
  ...jest.requireActual('../../lib/drill/kubectl'), kubectl: (...args: Parameters<FakeCluster['kubectl']>) => stage.cluster.kubectl(...args),
}));
jest.mock('../../lib/drill/watch', () => ({
  startWatch: (...args: Parameters<FakeCluster['startWatch']>) => stage.cluster.startWatch(...args),
}));

jest.setTimeout(30_000);
const namesOf = (pods: readonly { name: string }[]) => pods.map(({ name }) => name).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

describe(drill, () => {
  test('rolls until the last old pod is gone, and leaves the new version', async () => {
    const before = template();
    const record = await drilled({ kind: 'roll' });
    expect(namesOf(record.pods)).toEqual(['web-1', 'web-2', 'web-3', 'web-4', 'web-5', 'web-6', 'web-7', 'web-8']);
    expect(record.pods.filter(({ goneAtMs }) => goneAtMs)).toHaveLength(4);
    const restarted = { 'kubectl.kubernetes.io/restartedAt': expect.stringMatching(/^20\d\d-.+Z$/) };
    expect(template()).toEqual({ ...before, metadata: { annotations: restarted } });
    const ends = record.pods.flatMap(({ goneAtMs }) => goneAtMs ?? []);
    const deletions = record.pods.flatMap(({ deletedAtMs }) => deletedAtMs ?? []);
    expect(record.window).toEqual({ fromMs: Math.min(...deletions), toMs: Math.max(...ends) });
    expect(record.rolledOutAtMs).toBeLessThan(record.settledAtMs);
    expect(record).toMatchObject({ undone: [], replicas: 4, client: { unsent: 0 } });
    expect(record.outcomes.length).toBeGreaterThan(5);
  });

  test('tells once a second how far it is, and what was lost so far', async () => {
    const told: DrillProgress[] = [];
    const load = { address: 'http://127.0.0.1:1', clients: [{ kind: 'new' as const, ratePerSecond: 20 }] }; // nobody listens there
    const { outcomes } = await drilled({ kind: 'delete-pod' }, { quietSeconds: 2.5, load, onProgress: (progress) => told.push(progress) });
    expect(told.length).toBeGreaterThanOrEqual(4);
    expect(told[0]).toMatchObject({ phase: 'before', pods: { starting: 0, ready: 4, ending: 0 } });
    expect(told.at(-1)!.phase).toBe('after');
    for (const { sent, lost } of told) expect(lost).toBe(sent);
    expect(told.at(-1)!.sent).toBeGreaterThan(told[0].sent);
    expect(told.at(-1)!.sent).toBeLessThanOrEqual(outcomes.length);
  });

  test('rolls back when half of the new pods are ready', async () => {
    const before = template();
    const record = await drilled({ kind: 'roll-back' });
    expect(template()).toEqual(before);
    expect(record.pods.filter(({ name, readyAtMs }) => Number(name.slice(4)) > 4 && readyAtMs).length).toBeGreaterThanOrEqual(2);
    expect(stage.cluster.standing()).toHaveLength(4);
  });

  test('rolls out a version that never gets ready, and takes it back', async () => {
    const before = template();
    const record = await drilled({ kind: 'never-ready', forSeconds: 1 });
    expect(record.pods.filter(({ readyAtMs }) => !readyAtMs)).toHaveLength(1);
    expect(template()).toEqual(before);
    expect(record.undone).toEqual([]);
  });

  test('rolls twice, the second time half-way through the first', async () => {
    const record = await drilled({ kind: 'two-rolls' });
    expect(stage.cluster.asked.filter((asked) => asked.startsWith('patch'))).toHaveLength(2);
    expect(record.pods.filter(({ goneAtMs }) => goneAtMs).length).toBeGreaterThan(4);
    expect(stage.cluster.standing()).toHaveLength(4);
  });

  test('drains the busiest node of its own pods alone, and uncordons it', async () => {
    stage.cluster = new FakeCluster(3); // two of them on node-1
    stage.cluster.startMs = 300; // longer than a deleted pod takes to end
    const record = await drilled({ kind: 'drain-node' });
    // One after the other, as the budget wants it; and nothing else that carries its labels, of which node-0 has more.
    const evictions = stage.cluster.asked.filter((asked) => asked.startsWith('create'));
    expect(new Set(evictions)).toEqual(new Set([1, 3].map((n) => `create --raw /api/v1/namespaces/shop/pods/web-${n}/eviction --filename -`)));
    expect(evictions.length).toBeGreaterThan(2);
    expect(record.pods.filter(({ goneAtMs }) => goneAtMs).every(({ node }) => node === 'node-1')).toBe(true);
    expect(record.pods.filter(({ goneAtMs }) => !goneAtMs).map(({ readyAtMs }) => typeof readyAtMs)).toEqual(['number', 'number', 'number']);
    expect(record.undone).toEqual(['node-1 is uncordoned']);
    expect([...stage.cluster.cordoned]).toEqual([]);
  });

  test('scales in to half, and gives the replicas back', async () => {
    const record = await drilled({ kind: 'scale-in' });
    expect(record.pods.filter(({ goneAtMs }) => goneAtMs)).toHaveLength(2);
    expect(record.undone).toEqual(['Deployment/web has 4 replicas again']);
    expect(stage.cluster.live.spec.replicas).toBe(4);
  });

  test.each([['the one seen first', undefined, 'web-1'], ['the one named', 'web-2', 'web-2']])(
    'deletes a pod, %s, and waits until another is ready in its place', async (_, pod, victim) => {
      stage.cluster.startMs = 300; // longer than a deleted pod takes to end
      const record = await drilled({ kind: 'delete-pod', pod });
      expect(stage.cluster.asked.filter((asked) => asked.startsWith('delete'))).toEqual([`delete pod ${victim} --wait=false`]);
      expect(record.pods.filter(({ goneAtMs }) => goneAtMs).map(({ name }) => name)).toEqual([victim]);
      expect(record.rolledOutAtMs).toBeGreaterThanOrEqual(record.pods.find(({ name }) => name === 'web-5')!.readyAtMs!);
    });

  test('runs a command', async () => {
    expect(await drilled({ kind: 'command', command: 'true' })).toMatchObject({ undone: [] });
    expect(stage.cluster.asked.filter((asked) => asked === 'get deployment web -o json')).toHaveLength(2); // what it changed is waited for
    await expect(drilled({ kind: 'command', command: 'echo no >&2; exit 3' })).rejects.toThrow(
      'Cannot go on as the command must end with 0: it ended with 3: no',
    );
  });

  test('ends a command, with all that it started, when the time is over', async () => {
    const command = 'sleep 61 & trap "" TERM; sleep 61; sleep 61; sleep 61';
    const startedAt = Date.now();
    await expect(drilled({ kind: 'command', command }, { timeoutSeconds: 1 })).rejects.toThrow(new Error(
      'Cannot end the drill of Deployment/web as its time is over, and it still waits for the command, which is ended now'));
    expect(Date.now() - startedAt).toBeLessThan(15_000);
  });

  test('ends what a command has left behind, too', async () => {
    await expect(drilled({ kind: 'command', command: 'sleep 61 & exit 0' }, { timeoutSeconds: 1 })).rejects.toThrow('its time is over');
  });

  test.each<[DrillAction, string[]]>([
    [{ kind: 'roll' }, ['Deployment/web has its old template back']],
    [{ kind: 'never-ready', forSeconds: 60 }, ['Deployment/web has its old template back']],
    [{ kind: 'drain-node', node: 'node-0' }, ['node-0 is uncordoned']],
    [{ kind: 'scale-in' }, ['Deployment/web has 4 replicas again']],
    [{ kind: 'command', command: 'sleep 60' }, []],
  ])('puts everything back when it is interrupted: %j', async (action, undone) => {
    const before = { template: template(), replicas: stage.cluster.live.spec.replicas };
    const interrupt = new AbortController();
    const acted = () => action.kind === 'command' || stage.cluster.asked.some((asked) => !asked.startsWith('get'));
    const looking = setInterval(() => acted() && interrupt.abort(), 100);
    const lines = ['The drill was interrupted', ...undone.map((what) => `Put back: ${what}`)];
    await expect(drilled(action, { signal: interrupt.signal })).rejects.toThrow(lines.join('\n'));
    clearInterval(looking);
    const { replicas } = stage.cluster.live.spec;
    expect({ template: template(), replicas, cordoned: stage.cluster.cordoned.size }).toEqual({ ...before, cordoned: 0 });
  });

  test.each<[DrillAction, string]>([
    [{ kind: 'scale-in', toReplicas: 4 }, 'Cannot scale in Deployment/web as it must keep less than the 4 replicas that it has: asked for 4'],
    [{ kind: 'delete-pod', pod: 'x' }, 'Cannot delete x as it must be a pod of Deployment/web: the watch saw none'],
    [{ kind: 'drain-node', node: 'x' }, 'Cannot drain x as it must have a pod of Deployment/web: it has none'],
    [{ kind: 'delete-pod', pod: 'web-0-canary' }, 'Cannot delete web-0-canary as it must be a pod of Deployment/web: the watch saw none'],
    [{ kind: 'delete-pod', pod: 'web-0-evicted' }, 'Cannot delete web-0-evicted as it must be a pod of Deployment/web: the watch saw none'],
    [{ kind: 'drain-node', node: 'node-9' }, 'Cannot drain node-9 as it must have a pod of Deployment/web: it has none'],
  ])('refuses what cannot be done: %j', async (action, message) => {
    await expect(drilled(action)).rejects.toThrow(message);
    expect(stage.cluster.asked.filter((asked) => !asked.startsWith('get'))).toEqual([]);
  });

  test('refuses to scale what something else scales, and to drain what is cordoned', async () => {
    stage.cluster.autoscalers = [{ metadata: { name: 'hpa' }, spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' } } }];
    await expect(drilled({ kind: 'scale-in' })).rejects.toThrow('nothing else must scale it: HorizontalPodAutoscaler/hpa does');
    stage.cluster.cordoned.add('node-1');
    await expect(drilled({ kind: 'drain-node', node: 'node-1' })).rejects.toThrow(
      'Cannot drain node-1 as it must be a node that takes pods: it is cordoned already',
    );
    expect([...stage.cluster.cordoned]).toEqual(['node-1']);
  });

  test('puts everything back at once when it is interrupted while it waits for the last answers', async () => {
    const hanging = await startBreakingServer(() => () => {});
    const interrupt = new AbortController();
    const onProgress = ({ phase, sent }: DrillProgress) => phase === 'after' && sent === 0 && setTimeout(() => interrupt.abort(), 500);
    const load = { address: hanging.address, clients: [{ kind: 'new' as const, ratePerSecond: 20 }], timeoutSeconds: 60 };
    const drilling = drilled({ kind: 'scale-in' }, { load, onProgress, signal: interrupt.signal, quietSeconds: 1.1 });
    const message = drilling.then(() => 'no error', (error: Error) => error.message);
    while (!interrupt.signal.aborted) await sleep(20);
    await sleep(500); // the last answers are waited for almost a minute longer
    expect(stage.cluster.live.spec.replicas).toBe(4);
    expect(await message).toBe('The drill was interrupted\nPut back: Deployment/web has 4 replicas again');
    while (await hanging.open() > 0) await sleep(5); // nothing of the load is left that would hold the process
    await hanging.close();
  });

  test('does nothing before the clients run, and waits for them no longer than the drill may take', async () => {
    const silent = [process.execPath, '-e', 'process.stdin.resume()'];
    await expect(drilled({ kind: 'roll' }, { loadFrom: silent, timeoutSeconds: 1 })).rejects.toThrow(new Error(
      `Cannot end the drill of Deployment/web as its time is over, and it still waits for the clients that ${process.execPath} runs`));
    const interrupt = AbortSignal.timeout(300);
    await expect(drilled({ kind: 'roll' }, { loadFrom: silent, signal: interrupt })).rejects.toThrow(new Error('The drill was interrupted'));
    expect(stage.cluster.asked.filter((asked) => !asked.startsWith('get'))).toEqual([]);
  });

  test.each([
    [{ paused: true }, 'running: it is paused'], [{ replicas: 0 }, 'of at least one replica: it has none'],
    [{ replicas: 9 }, 'rolled out before anything is done to it: it is not'],
  ])('refuses a Deployment that is not ready for it: %j', async (spec, message) => {
    stage.cluster.live = { ...stage.cluster.live, spec: { ...stage.cluster.live.spec, ...spec } };
    await expect(drilled({ kind: 'roll' })).rejects.toThrow(`Cannot drill Deployment/web as it must be ${message}`);
  });
});
