import { drill, DrillAction, DrillOptions, DrillRecord } from 'kube-graceful/drill';
import { FakeCluster } from './actions/fake-cluster';
import { BreakingServer, startBreakingServer } from './breaking-server';

/** A fake cluster, anew for each test, and a drill of its Deployment whose clients ask a server that always answers. */
export class OnFakeCluster {
  public cluster = new FakeCluster(4);
  public server!: BreakingServer;

  constructor() {
    beforeAll(async () => void (this.server = await startBreakingServer(() => undefined)));
    afterAll(() => this.server.close());
    beforeEach(() => void (this.cluster = new FakeCluster(4)));
  }

  public readonly drilled = (action: DrillAction, more: Partial<DrillOptions> = {}): Promise<DrillRecord> => drill({
    deployment: 'web', action, quietSeconds: 0.05, timeoutSeconds: 10,
    load: { address: this.server.address, clients: [{ kind: 'new', ratePerSecond: 20 }] }, ...more,
  });

  public readonly template = () => structuredClone(this.cluster.live.spec.template);
}
