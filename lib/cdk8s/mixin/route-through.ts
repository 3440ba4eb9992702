import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Problem, TrafficMode } from '../../core/index';
import { coreOptions } from './core-options';
import { Precedence } from './declaration';
import type { LongConnectionProps, RouteProps } from './graceful-props';
import { ownerOf } from './owner-of';
import { Session } from './session';

/** How a Service brings clients to the pods of a Deployment. */
export interface RouteThroughProps extends RouteProps {
  /** A Deployment that is planned: a `GracefulDeployment`, or one under `GracefulRollouts`. */
  readonly deployment: IConstruct;
  /** What the load balancer sends to: all nodes, nodes that host a pod, or pods. */
  readonly mode: TrafficMode;
  /** Id of a provider profile. @default - none, as in modes `ingress` and `in-cluster`, which have no load balancer of their own */
  readonly provider?: string;
  /** Connections through this Service that outlive a request. @default - requests only */
  readonly longConnection?: LongConnectionProps;
}

/**
 * Tells how a Service of any origin brings clients to a Deployment, and lets the plan write what the Service must carry. The
 * typed Services do the same; this one is for every other version of cdk8s-plus, raw `ApiObject`s and `Include`.
 *
 * @example
 * routeThrough(service, { deployment: web, mode: 'eni', provider: 'alibaba-clb' });
 */
export function routeThrough(service: IConstruct, props: RouteThroughProps): void {
  const { deployment, longConnection, ...route } = props;
  const session = Session.of(service);
  const object = ApiObject.of(service);
  const workload = ApiObject.of(deployment);
  session.manage(object);
  session.say(workload, Precedence.OWN, coreOptions({ longConnection, traffic: [{ service: object.name, ...route }] }));
  session.judge(object, () => {
    if (!session.isPlanned(workload)) return [notPlanned(ownerOf(workload).node.path)];
    return session.selects(object, workload) ? [] : [selectsNothing(ownerOf(workload).node.path)];
  });
}

function selectsNothing(path: string): Problem {
  return {
    id: 'selects-nothing',
    field: 'The selector of the Service',
    wanted: `one that selects the pods of ${path}, in the same namespace`,
    found: 'one that selects none of them',
    remedy: 'Leave selector and namespace to the deployment, or change both objects together.',
  };
}

function notPlanned(path: string): Problem {
  return {
    id: 'deployment-not-planned',
    field: 'deployment',
    wanted: 'a Deployment whose rollouts are planned, since the Service is one half of the plan',
    found: path,
    remedy: 'Make it a GracefulDeployment or a class of graceful(), or apply GracefulRollouts to it.',
  };
}
