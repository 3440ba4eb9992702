import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { GracefulOptions, Manifest, Service, TrafficMode, Workload } from 'kube-graceful';
import * as ours from 'kube-graceful/cdk8s';
import * as pulumi from 'kube-graceful/pulumi';
import { byPulumi, byTheCore, expectParity, Objects } from './parity';
import { run } from './registrations';

jest.setTimeout(20_000);

const labels = { team: 'shop' };
const props: kplus.DeploymentProps = {
  metadata: { labels },
  podMetadata: { labels },
  replicas: 3,
  containers: [{ name: 'web', image: 'shop/web:1.4', portNumber: 8080, readiness: kplus.Probe.fromHttpGet('/ready') }],
};

interface Case {
  readonly mode: 'cluster' | 'local' | 'eni';
  readonly provider: string;
  readonly cdk8s: ours.GracefulProps;
  readonly options: GracefulOptions;
}

const cases: readonly Case[] = [
  { mode: 'cluster', provider: 'alibaba-clb', cdk8s: {}, options: {} },
  { mode: 'local', provider: 'alibaba-nlb', cdk8s: { pace: 'half', soak: Duration.minutes(1) }, options: { pace: 'half', soakSeconds: 60 } },
  {
    mode: 'eni', provider: 'alibaba-clb',
    cdk8s: { longestRequest: Duration.seconds(20), slowestStart: Duration.minutes(1), onSigterm: 'exits' },
    options: { longestRequestSeconds: 20, slowestStartSeconds: 60, onSigterm: 'exits' },
  },
  {
    mode: 'eni', provider: 'tencent-clb', cdk8s: { longConnection: { handOver: Duration.minutes(2) } }, options: { longConnection: { handOverSeconds: 120 } },
  },
  { mode: 'eni', provider: 'aws-nlb', cdk8s: { closeNotice: Duration.seconds(0) }, options: { closeNoticeSeconds: 0 } },
];

const kinds = {
  cluster: [ours.ClusterLoadBalancerService, pulumi.ClusterLoadBalancerService],
  local: [ours.LocalLoadBalancerService, pulumi.LocalLoadBalancerService],
  eni: [ours.EniLoadBalancerService, pulumi.EniLoadBalancerService],
} as const;

const chart = () => new Chart(new App(), 'shop', { disableResourceNameHashes: true });
const found = <T extends Manifest>(manifests: readonly Manifest[], kind: string) => manifests.filter((one) => one.kind === kind) as T[];

function byCdk8s({ mode, provider, cdk8s }: Case): Objects {
  const scope = chart();
  const deployment = new ours.GracefulDeployment(scope, 'web', { ...props, graceful: cdk8s });
  new kinds[mode][0](scope, 'public', { deployment, metadata: { labels }, port: 80, targetPort: 8080, provider });
  return scope.toJson() as Manifest[];
}

/** The manifests that cdk8s-plus renders by itself: where all three begin. */
function plain(): { readonly workload: Workload; readonly service: Service } {
  const scope = chart();
  const deployment = new kplus.Deployment(scope, 'web', props);
  new kplus.Service(scope, 'public', {
    metadata: { labels }, type: kplus.ServiceType.LOAD_BALANCER, selector: deployment, ports: [{ port: 80, targetPort: 8080 }],
  });
  const manifests = scope.toJson() as Manifest[];
  const [workload] = found<Workload>(manifests, 'Deployment');
  const [service] = found<Service>(manifests, 'Service');
  return { workload, service };
}

const wayTo = ({ mode, provider }: Case, service: string) => [{ service, mode: mode as TrafficMode, provider }];

describe('the same options', () => {
  test.each(cases.map((one) => [`${one.mode} behind ${one.provider}`, one] as const))('give the same objects: %s', async (_, one) => {
    const { workload, service } = plain();
    const cdk8s = byCdk8s(one);
    const { type, selector, ...spec } = service.spec ?? {};
    const { registrations } = await run(() => {
      const deployment = new pulumi.GracefulDeployment('web', {
        metadata: { labels }, spec: workload.spec as never, graceful: { ...one.options, traffic: wayTo(one, 'public') },
      });
      return new kinds[one.mode][1]('public', { deployment, metadata: { labels }, spec: spec as never });
    });
    const core = byTheCore({ ...one.options, traffic: wayTo(one, service.metadata?.name ?? '') }, workload, [service]);
    expectParity(byPulumi(registrations), core);
    expectParity(cdk8s, core);
  });
});
