import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { graceful } from './mixin/index';
import type { GracefulWorkloadProps } from './mixin/index';

/** Every prop of a cdk8s-plus `Deployment`, what you know about its rollouts, and the choice about a disruption budget. */
export interface GracefulDeploymentProps extends kplus.DeploymentProps, GracefulWorkloadProps {}

/**
 * A Deployment whose rollouts drop nothing: takes the place of `kplus.Deployment` with the same name and the same selector.
 *
 * Probes, preStop wait, grace period, pace and spread come from one sum over what you know (`graceful`) and what stands around it
 * anywhere in the app: Services, autoscaler, ingresses. What does not add up fails the synthesis, with everything at once.
 * `terminationGracePeriod`, `minReady`, `progressDeadline` and `strategy` are held as you give them, or refused.
 *
 * @example
 * const web = new GracefulDeployment(chart, 'web', {
 *   containers: [{ image: 'shop/web:1.4', portNumber: 8080, readiness: Probe.fromHttpGet('/ready') }],
 *   graceful: { longestRequest: Duration.seconds(20), onSigterm: OnSigterm.DRAINS },
 * });
 */
export class GracefulDeployment extends graceful(kplus.Deployment) {
  constructor(scope: Construct, id: string, props: GracefulDeploymentProps = {}) {
    super(scope, id, props);
  }
}
