import { startLoad } from 'kube-graceful/drill';
import { createNamespace, eventually, TestNamespace } from './support/cluster';
import { changed, exampleManifests, forLab } from './support/example';

/** A request as the lab's web application logs it. */
interface LoggedRequest {
  readonly atMs: number;
  readonly path: string;
  readonly agent: string;
  readonly status: number;
}

const isStartupCheck = ({ agent }: LoggedRequest) => /wget/i.test(agent);
const isReadinessCheck = ({ agent }: LoggedRequest) => agent.startsWith('kube-probe');
const isTraffic = ({ path }: LoggedRequest) => path === '/?client';
const good = ({ status }: LoggedRequest) => status === 200;

describe('the example nginx-warm-up', () => {
  let cluster: TestNamespace;
  let requests: LoggedRequest[];

  const log = async () => (await cluster.run('logs', 'deployment/site-nginx'))
    .split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as LoggedRequest);

  // One pod behind the Service, clients that never cease, and an application that is cold for 7 s, then well, then sick for 20 s.
  beforeAll(async () => {
    cluster = await createNamespace('warm-up');
    const env = { WARM_UP_SECONDS: '7', LOG_REQUESTS: '1' };
    await cluster.apply(...forLab(exampleManifests('nginx-warm-up'), env)
      .map((manifest) => manifest.kind === 'Deployment' ? changed(manifest, 'spec.replicas', 1) : manifest));
    const service = await cluster.json<{ spec: { clusterIP: string } }>('get', 'service', 'site-nginx-service');
    const address = `http://${service.spec.clusterIP}`;
    const load = startLoad({ address, clients: [{ kind: 'new', ratePerSecond: 10, path: '/?client' }], timeoutSeconds: 1, maxSeconds: 240 });
    try {
      await cluster.rolledOut('site-nginx');
      await eventually('traffic', async () => (await log()).some((one) => isTraffic(one) && good(one)) || undefined);
      await fetch(`${address}/sick?ms=20000`);
      await cluster.run('wait', '--for=condition=Ready=false', 'pod', '--all', '--timeout=60s');
      await cluster.run('wait', '--for=condition=Ready=true', 'pod', '--all', '--timeout=60s');
      requests = await eventually('traffic after recovery', async () => {
        const logged = await log();
        return good(logged.filter(isTraffic).pop()!) ? logged : undefined;
      });
    } finally {
      await load.stop();
    }
  });
  afterAll(() => cluster.remove());

  test('has five successes in a row before the first traffic', () => {
    const before = requests.slice(0, requests.findIndex(isTraffic)).filter(isStartupCheck);
    expect(before.filter((check) => !good(check)).length).toBeGreaterThan(0);
    const successes = before.slice(before.map(good).lastIndexOf(false) + 1);
    expect(successes).toHaveLength(5);
    for (let i = 1; i < successes.length; i++) expect(successes[i].atMs - successes[i - 1].atMs).toBeGreaterThanOrEqual(4900);
  });

  test('is back after one success', () => {
    const lastBad = requests.map(good).lastIndexOf(false);
    const firstTraffic = requests.findIndex((request, i) => i > lastBad && isTraffic(request));
    expect(requests.slice(lastBad + 1, firstTraffic).map((request) => ({ readiness: isReadinessCheck(request), status: request.status })))
      .toEqual([{ readiness: true, status: 200 }]);
  });
});
