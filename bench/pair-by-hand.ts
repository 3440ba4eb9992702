import { ApiObject, Duration, JsonPatch, type Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { container } from './container';

/**
 * The same objects with the same settings, as someone writes them by hand in cdk8s-plus-28 who knows every number: what its
 * classes have no prop for goes in as a patch, and `sleep`, which this version does not know at all, becomes a command.
 */
export function pairByHand(chart: Chart, index: number): void {
  const deployment = new kplus.Deployment(chart, `web-${index}`, {
    containers: [{ ...container, lifecycle: { preStop: kplus.Handler.fromCommand(['sleep', '12']) } }],
    minReady: Duration.seconds(6),
    strategy: kplus.DeploymentStrategy.rollingUpdate({ maxSurge: absolute(1), maxUnavailable: absolute(0) }),
    terminationGracePeriod: Duration.seconds(47),
  });
  const service = new kplus.Service(chart, `public-${index}`, {
    type: kplus.ServiceType.LOAD_BALANCER,
    selector: deployment,
    ports: [{ port: 80, targetPort: 8080 }],
    metadata: { annotations },
  });
  const selector = { matchLabels: deployment.matchLabels };
  ApiObject.of(deployment).addJsonPatch(
    JsonPatch.add('/spec/template/spec/readinessGates', [{ conditionType: `service.readiness.alibabacloud.com/${service.name}` }]),
    JsonPatch.add('/spec/template/spec/topologySpreadConstraints', [{ ...spread, labelSelector: selector }]),
  );
  new kplus.k8s.KubePodDisruptionBudget(deployment, 'disruptionbudget', {
    spec: { maxUnavailable: kplus.k8s.IntOrString.fromNumber(1), selector, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  });
}

const { absolute } = kplus.PercentOrAbsolute;

const annotations = {
  'service.beta.kubernetes.io/backend-type': 'eni',
  'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain': 'on',
  'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain-timeout': '47',
};

const spread = { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', matchLabelKeys: ['pod-template-hash'] };
