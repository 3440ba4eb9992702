import type * as kplus from 'cdk8s-plus-28';
import type { LoadBalancerServiceProps } from './load-balancer-service-props';
import { routeThrough } from './mixin/index';
import type { LongConnectionProps } from './mixin/index';
import { targetPortOf } from './service-props';

/** How a typed Service brings its clients to the pods. */
export interface Connection {
  readonly mode: 'cluster' | 'local' | 'eni';
  readonly longConnection?: LongConnectionProps;
}

/** Makes a Service a part of the plan of the deployment behind it. */
export function connect(service: kplus.Service, props: LoadBalancerServiceProps, connection: Connection): void {
  const { deployment, provider, delay, registration, healthCheck, idleTimeout, readinessGate, keepsOpenConnections, backendLabel } = props;
  const route = { delay, registration, healthCheck, idleTimeout, readinessGate, keepsOpenConnections, backendLabel };
  routeThrough(service, { deployment, provider, ...route, ...connection });
  const [port] = service.ports;
  if (props.targetPort !== undefined) return;
  // A container may be added to the deployment after the Service is: what it declares counts when the Service is rendered.
  Object.defineProperty(port, 'targetPort', { get: () => targetPortOf(deployment, props.port), enumerable: true });
  service.node.addValidation({ validate: () => port.targetPort === undefined ? [portLine(props)] : [] });
}

function portLine({ deployment, port }: LoadBalancerServiceProps): string {
  const declared = deployment.containers.flatMap((container) => container.ports.map(({ number }) => number));
  const found = declared.length === 0 ? 'no port' : declared.join(', ');
  return `missing-target-port: targetPort must be given where the containers declare neither port ${port} nor exactly one port: `
    + `current value is not set, and they declare ${found}. Set targetPort to the port that the application listens on.`;
}
