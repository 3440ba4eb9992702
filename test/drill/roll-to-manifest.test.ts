import { FakeCluster, FakeObject } from './actions/fake-cluster';
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
const TRY = 'apply --dry-run=server --filename - -o json';
const APPLY = 'apply --filename -';
const NEITHER = 'Cannot roll Deployment/web as the manifest must change its pod template or its replicas: it changes neither. '
  + 'Leave it out for a restart.';
const SECOND = { template: { metadata: { labels: { v: '2' } }, spec: { containers: [{}] } } };
const applications = () => stage.cluster.asked.filter((asked) => asked.startsWith('apply'));
const seen = () => ({ applications: applications(), live: stage.cluster.live, others: stage.cluster.others });
const object = (kind: string, name: string, spec?: object, metadata: object = {}): FakeObject =>
  ({ kind, metadata: { name, ...metadata }, spec });
const rolledTo = (...items: FakeObject[]) =>
  drilled({ kind: 'roll', manifest: JSON.stringify(items.length === 1 ? items[0] : { kind: 'List', items }) });

describe('drill, rolling to a manifest', () => {
  test('asks the API server what it would do, applies it, and leaves the new version', async () => {
    await rolledTo(object('Deployment', 'web', SECOND));
    expect({ template: template(), applications: applications() }).toEqual({ template: SECOND.template, applications: [TRY, APPLY] });
  });

  test('applies what else is in it, too', async () => {
    await rolledTo(object('Service', 'web'), object('Deployment', 'web', SECOND));
    expect({ template: template(), others: stage.cluster.others }).toEqual({ template: SECOND.template, others: ['Service/web'] });
  });

  test.each([
    ['another Deployment', [object('Deployment', 'api', SECOND)], 'its Deployments are shop/api'],
    ['the same name elsewhere', [object('Deployment', 'web', SECOND, { namespace: 'test' }), object('Deployment', 'api', SECOND)],
      'its Deployments are test/web, shop/api'],
    ['no Deployment', [object('Service', 'web'), object('StatefulSet', 'web')], 'it has no Deployment'],
    ['a Deployment of somebody else', [{ ...object('Deployment', 'web', SECOND), apiVersion: 'example.com/v1' }], 'it has no Deployment'],
  ])('refuses one without the Deployment before anything is applied: %s', async (_, objects, found) => {
    const before = structuredClone(stage.cluster.live);
    await expect(rolledTo(...objects)).rejects.toThrow(new Error(
      `Cannot roll Deployment/web as the manifest must have it, in namespace shop: ${found}. `
      + 'Give the manifest of this one, or leave it out for a restart.'));
    expect(seen()).toEqual({ applications: [TRY], live: before, others: [] });
  });

  test.each([
    ['the same', {}, {}],
    ['labels and a strategy', { minReadySeconds: 5 }, { labels: { v: '2' } }],
  ])('refuses one that moves no pod, as nothing would be tried, before anything is applied: %s', async (_, more, metadata) => {
    const before = structuredClone(stage.cluster.live);
    await expect(rolledTo(object('Deployment', 'web', { ...before.spec, ...more }, metadata), object('ConfigMap', 'web'))).rejects.toThrow(new Error(NEITHER));
    expect(seen()).toEqual({ applications: [TRY], live: before, others: [] });
  });

  test('refuses one that pauses the Deployment, as it would never be rolled out, before anything is applied', async () => {
    await expect(rolledTo(object('Deployment', 'web', { ...SECOND, paused: true }))).rejects.toThrow(new Error(
      'Cannot roll Deployment/web as the manifest must not pause it: spec.paused is true. Remove it.'));
    expect(applications()).toEqual([TRY]);
  });

  test('refuses one that has come to move no pod all the same, and puts back what it did change', async () => {
    stage.cluster.live = { ...stage.cluster.live, metadata: { ...stage.cluster.live.metadata, labels: { app: 'web' } } };
    const before = template();
    stage.cluster.admitting = (spec, isTried) => (isTried ? spec : { template: before });
    await expect(rolledTo(object('Deployment', 'web', SECOND, { labels: { v: '2' } }))).rejects.toThrow(
      `${NEITHER}\nPut back: Deployment/web has its old spec, labels and annotations back`);
    expect({ labels: stage.cluster.live.metadata.labels, template: template() }).toEqual({ labels: { app: 'web' }, template: before });
  });

  test('applies nothing where the API server never answers what it would do', async () => {
    stage.cluster.hanging = (asked) => asked === TRY;
    await expect(drilled({ kind: 'roll', manifest: JSON.stringify(object('Deployment', 'web', SECOND)) }, { timeoutSeconds: 1 })).rejects.toThrow(new Error(
      'Cannot end the drill of Deployment/web as its time is over, and it still waits for kubectl apply --dry-run=server --filename, which is ended now'));
    expect(applications()).toEqual([TRY]);
  });

  test('puts labels and annotations back with the spec when it is interrupted', async () => {
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
    stage.cluster.live = { ...stage.cluster.live, metadata: { ...stage.cluster.live.metadata, annotations } };
    const before = template();
    const manifest = JSON.stringify(object('Deployment', 'web', { template: { spec: { containers: [{ image: 'b' }] } } }, {
      labels: { v: '2' }, annotations: { ...annotations, note: 'new' },
    }));
    const interrupt = new AbortController();
    const looking = setInterval(() => stage.cluster.asked.includes(APPLY) && interrupt.abort(), 50);
    await expect(drilled({ kind: 'roll', manifest }, { signal: interrupt.signal })).rejects.toThrow('The drill was interrupted');
    clearInterval(looking);
    expect({ ...stage.cluster.live.metadata, template: template() }).toMatchObject({ labels: {}, annotations, template: before });
    expect(stage.cluster.live.metadata.annotations).toEqual(annotations);
  });
});
