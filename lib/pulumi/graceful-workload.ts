import * as pulumi from '@pulumi/pulumi';
import { PlanRefusedError, shown } from '../core/index';
import type { BalancerMode, GracefulOptions, TrafficOptions } from '../core/index';
import { ClusterLoadBalancerService } from './cluster-load-balancer-service';
import { EniLoadBalancerService } from './eni-load-balancer-service';
import { GracefulDeployment } from './graceful-deployment';
import type { GracefulDeploymentArgs } from './graceful-deployment-args';
import type { GracefulWorkloadArgs, WorkloadServiceArgs } from './graceful-workload-args';
import { LocalLoadBalancerService } from './local-load-balancer-service';

const SERVICES = { cluster: ClusterLoadBalancerService, local: LocalLoadBalancerService, eni: EniLoadBalancerService };

/**
 * A Deployment whose rollouts drop nothing, with the Services that lead to it, for programs in any language of Pulumi.
 *
 * It is one component, since a component that is made in a plugin answers only when all its children are there: a Service that took
 * anything from the deployment's would wait for pods which wait, by their readiness gate, for the Service.
 *
 * @throws {PlanRefusedError} Where something does not add up, as `GracefulDeployment` and the Services say.
 */
export class GracefulWorkload extends pulumi.ComponentResource {
  /** Addresses of the load balancers, by the name of the Service. */
  public readonly endpoints: pulumi.Output<Record<string, string>>;
  /** The plan as text for people. */
  public readonly explanation: pulumi.Output<string>;
  /** Grace period of the pods, in seconds. */
  public readonly graceSeconds: pulumi.Output<number>;

  constructor(name: string, args: GracefulWorkloadArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const { services = [] } = args;
    checkModes(args.metadataName ?? name, services);
    super('kube-graceful:index:GracefulWorkload', name, {}, opts);
    const deployment = new GracefulDeployment(name, deploymentArgs(args, services), { parent: this });
    const endpoints = services.map((service) => [service.name, createService(deployment, service, this).endpoint] as const);
    this.endpoints = pulumi.output(Object.fromEntries(endpoints)) as pulumi.Output<Record<string, string>>;
    this.explanation = deployment.explanation;
    this.graceSeconds = deployment.plan.apply(({ shutdown }) => shutdown.terminationGracePeriodSeconds.value);
    this.registerOutputs({ endpoints: this.endpoints, explanation: this.explanation, graceSeconds: this.graceSeconds });
  }
}

function deploymentArgs(args: GracefulWorkloadArgs, services: readonly WorkloadServiceArgs[]): GracefulDeploymentArgs {
  const { metadataName, namespace, containers, spec, replicas, graceful, autoscaler, disruptionBudget } = args;
  const told = graceful as GracefulOptions | undefined;
  const traffic = [...told?.traffic ?? [], ...services.map(trafficOf)];
  return {
    metadata: { name: metadataName, ...namespace !== undefined && { namespace } },
    containers, spec, replicas, autoscaler, disruptionBudget,
    // Whatever stands in the free-form options is judged by the plan.
    graceful: { ...told, ...traffic.length > 0 && { traffic } },
  } as GracefulDeploymentArgs;
}

function checkModes(name: string, services: readonly WorkloadServiceArgs[]): void {
  const problems = services.filter(({ mode }) => !Object.hasOwn(SERVICES, mode)).map((service) => ({
    id: 'wrong-option', field: `mode of Service/${service.name}`, wanted: 'one of \'cluster\', \'local\', \'eni\'', found: shown(service.mode),
    remedy: 'Give one of these; any other way to the pods goes to graceful.traffic.',
  }));
  if (problems.length > 0) throw new PlanRefusedError(`Deployment/${name}`, problems);
}

function trafficOf({ name, mode, provider, more }: WorkloadServiceArgs): TrafficOptions {
  return { ...more as object, service: name, mode: mode as BalancerMode, ...provider !== undefined && { provider } };
}

function createService(deployment: GracefulDeployment, service: WorkloadServiceArgs, parent: pulumi.Resource): EniLoadBalancerService {
  const { name, mode, port, targetPort, annotations } = service;
  const Kind = SERVICES[mode as BalancerMode];
  return new Kind(name, { deployment, port, targetPort, metadata: { annotations } }, { parent });
}
