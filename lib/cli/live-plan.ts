import { Inventory, INVENTORY_KINDS, Manifest, planRollout, RolloutContext, RolloutPlan } from '../core';
import { KubectlError, KubectlOptions, kubectlWithin } from '../drill';
import { optionsOf } from './options-of';

/** What every cluster has of the kinds that an inventory looks at; KEDA, too, scales by a HorizontalPodAutoscaler. */
const EVERYWHERE = 'deployments,services,ingresses,horizontalpodautoscalers,poddisruptionbudgets';
/** Those of the Gateway API, of which a cluster may have some. */
const ROUTES = [...INVENTORY_KINDS].filter((kind) => kind.endsWith('Route'))
  .map((kind) => `${kind.toLowerCase()}s.gateway.networking.k8s.io`);

/** The plan of a live Deployment, and the Services that bring clients to it, as they stand. */
export interface LivePlan {
  readonly plan: RolloutPlan;
  /** Whether its author told nothing: the plan then holds what is assumed of every workload. */
  readonly assumed: boolean;
  readonly services: readonly Manifest[];
  /** Resources that may not be listed, as kubectl names them: the plan holds as if there were none. @default - all were seen */
  readonly unseen?: readonly string[];
}

/** Which Deployment is planned, and how long that may take. */
export interface LivePlanOptions extends KubectlOptions {
  readonly deployment: string;
  /** How long the cluster may take to answer. @default 600 */
  readonly timeoutSeconds?: number;
  /** Ends it earlier. @default - nobody does */
  readonly signal?: AbortSignal;
}

/**
 * The plan of a live Deployment: read from the cluster with all that stands around it.
 *
 * @param optionsJson What its author knows of it. @default - what its annotation says
 * @throws {KubectlError} If it cannot be read.
 * @throws {PlanRefusedError} If it does not add up.
 */
export async function livePlan(options: LivePlanOptions, optionsJson?: string): Promise<LivePlan | undefined> {
  const { deployment, timeoutSeconds = 600, signal } = options;
  const listed = async (kinds: string) => JSON.parse(await kubectlWithin(timeoutSeconds, options, ['get', kinds, '-o', 'json'], signal)) as Manifest;
  const unseen: string[] = [];
  const routes = ROUTES.map((kind) => listed(kind).catch((error: Error) => noneOf(kind, error, unseen)));
  const inventory = new Inventory(await Promise.all([listed(EVERYWHERE), ...routes]));
  const workload = inventory.workloads.find(({ metadata }) => metadata?.name === deployment);
  if (!workload) return undefined;
  const context = inventory.contextOf(workload);
  const told = optionsOf(workload, optionsJson);
  const plan = planRollout(told ?? {}, asWritten(context));
  return { plan, assumed: told === undefined, services: context.services, ...(unseen.length > 0 && { unseen }) };
}

/** A cluster without such a kind has none of it; nor has a plan what may not be listed, as the stock role `view` leaves routes out. */
function noneOf(kind: string, error: Error, unseen: string[]): Manifest {
  const said = error instanceof KubectlError ? error.said : '';
  if (said.includes('(Forbidden)')) unseen.push(kind);
  else if (!/doesn't have a resource type|\(NotFound\)/.test(said)) throw error;
  return {};
}

/** Each live Deployment has a number of replicas, whoever set it: beside an autoscaler it is the autoscaler's, and in no manifest. */
function asWritten(context: RolloutContext): RolloutContext {
  const { workload, autoscaler } = context;
  return autoscaler ? { ...context, workload: { ...workload, spec: { ...workload.spec, replicas: undefined } } } : context;
}
