import * as pulumi from '@pulumi/pulumi';
import type { BalancerMode, Problem, TrafficOptions } from 'kube-graceful';
import * as typed from 'kube-graceful/pulumi';
import { typedDeployment } from './deployment-args';
import type { FreeForm } from './free-form';
import type { GracefulWorkloadArgs, WorkloadService } from './graceful-workload-args';
import { foundOf, inWords, refusal } from './in-words';
import type { Words } from './in-words';

const SERVICES = { cluster: typed.ClusterLoadBalancerService, local: typed.LocalLoadBalancerService, eni: typed.EniLoadBalancerService };

/** Entries of traffic are made of the Services, whose names have no default. */
const WORKLOAD: Words = [[/\bgraceful\.traffic\b/g, 'services[].more']];
const SERVICE: Words = [...WORKLOAD, [/\bmetadata\.name\b/g, 'services[].name'], [/; without it the name of the resource is taken/, '']];

/** A Deployment whose rollouts drop nothing with the Services that lead to it: each thing is said once, and the deployment is told. */
export class GracefulWorkload extends pulumi.ComponentResource {
  /** Addresses of the load balancers, by the name of the Service. */
  public readonly endpoints: pulumi.Output<Record<string, string>>;
  /** The plan of its rollouts: every number with its sum. */
  public readonly plan: pulumi.Output<FreeForm>;
  /** The same as text for people. */
  public readonly explanation: pulumi.Output<string>;

  constructor(name: string, args: GracefulWorkloadArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const { services = [], disruptionBudget, deploymentAliases, disruptionBudgetAliases } = args;
    checkServices(args.metadataName ?? name, services);
    const told = typedDeployment({ ...args, graceful: withTraffic(args.graceful, services) });
    const planned = inWords(() => new typed.DeploymentElsewhere(name, told), WORKLOAD);
    super('kube-graceful:index:GracefulWorkload', name, {}, opts);
    const { dependsOn, customTimeouts } = opts;
    const child = { parent: this, dependsOn, customTimeouts };
    const deployment = new typed.GracefulDeployment(name, {
      ...told, planned, disruptionBudget, deploymentAliases, disruptionBudgetAliases,
    } as typed.GracefulDeploymentArgs, child);
    const create = (service: WorkloadService) => inWords(() => createService(deployment, service, child), SERVICE);
    const endpoints = services.map((service) => [service.name, create(service).endpoint] as const);
    this.endpoints = pulumi.output(Object.fromEntries(endpoints)) as pulumi.Output<Record<string, string>>;
    this.plan = deployment.plan.apply<FreeForm>((plan) => plan);
    this.explanation = deployment.explanation;
    this.registerOutputs({ endpoints: this.endpoints, plan: this.plan, explanation: this.explanation });
  }
}

/** What decides which resources there are has to be known when the program runs. */
function checkServices(workload: string, services: readonly WorkloadService[]): void {
  const problems = Array.isArray(services) ? services.flatMap(serviceProblems) : [{
    id: 'wrong-option', field: 'services', wanted: 'a plain list', found: foundOf(services), remedy: 'Give the list with names and modes as plain values.',
  }];
  if (problems.length > 0) throw refusal(`Deployment/${workload}`, problems);
}

function serviceProblems(service: WorkloadService): readonly Problem[] {
  if (typeof service !== 'object' || service === null || pulumi.Output.isInstance(service)) {
    return [{ id: 'wrong-option', field: 'a Service', wanted: 'an object with name and mode', found: foundOf(service), remedy: 'Give one, or leave it out.' }];
  }
  const { name, mode } = service;
  const problems: Problem[] = [];
  if (typeof name !== 'string') {
    problems.push({ id: 'no-plain-name', field: 'name of a Service', wanted: 'a plain string', found: foundOf(name), remedy: 'Give it as a plain value.' });
  } else if (!Object.hasOwn(SERVICES, mode)) {
    problems.push({
      id: 'wrong-option', field: `mode of Service/${name}`, wanted: 'one of \'cluster\', \'local\', \'eni\'', found: foundOf(mode),
      remedy: 'Give one of these; any other way to the pods goes to graceful.traffic.',
    });
  }
  return problems;
}

/** The options with an entry for each Service added to what they say of traffic. */
function withTraffic(
  graceful: GracefulWorkloadArgs['graceful'], services: readonly WorkloadService[],
): pulumi.Input<FreeForm> | undefined {
  if (services.length === 0) return graceful;
  const entries = services.map(trafficOf);
  const added = (traffic: readonly unknown[] = []) => [...traffic, ...entries];
  return later(graceful, (told) => ({ ...told, traffic: later(told?.traffic, added) }));
}

function later<T>(value: pulumi.Input<T>, next: (value: T) => unknown): pulumi.Input<FreeForm> {
  return pulumi.Output.isInstance(value) ? value.apply((known) => next(known as T) as FreeForm) : next(value as T) as FreeForm;
}

function trafficOf({ name, mode, provider, more }: WorkloadService): typed.Inputs<TrafficOptions> {
  return { ...more as object, service: name, mode: mode as BalancerMode, ...provider !== undefined && { provider } };
}

function createService(
  deployment: typed.GracefulDeployment, service: WorkloadService, opts: pulumi.ComponentResourceOptions,
): typed.EniLoadBalancerService {
  const { name, mode, port, targetPort, annotations } = service;
  return new SERVICES[mode as BalancerMode](name, { deployment, port, targetPort, metadata: { annotations } }, opts);
}
