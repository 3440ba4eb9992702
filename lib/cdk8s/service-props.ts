import * as kplus from 'cdk8s-plus-28';
import type { LoadBalancerServiceProps } from './load-balancer-service-props';

/** The props of the plain Service below one of ours. */
export function servicePropsOf(props: LoadBalancerServiceProps): kplus.ServiceProps {
  const { deployment, port, portName, protocol, loadBalancerSourceRanges } = props;
  return {
    metadata: { namespace: deployment.metadata.namespace, ...props.metadata },
    type: kplus.ServiceType.LOAD_BALANCER,
    selector: deployment,
    ports: [{ port, name: portName, protocol, targetPort: props.targetPort }],
    loadBalancerSourceRanges,
  };
}

/** The port of the pods that a port of a Service leads to; undefined where it would be a guess. */
export function targetPortOf(deployment: kplus.Deployment, port: number): number | undefined {
  const declared = new Set(deployment.containers.flatMap((container) => container.ports.map(({ number }) => number)));
  if (declared.has(port)) return port;
  return declared.size === 1 ? [...declared][0] : undefined;
}
