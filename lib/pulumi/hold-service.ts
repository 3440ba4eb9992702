import type * as pulumi from '@pulumi/pulumi';
import { PlanRefusedError, writePlan } from '../core/index';
import type { BalancerMode, GracefulOptions, LongConnectionOptions, Problem, RolloutPlan, RoutePlan, Service, TrafficOptions } from '../core/index';
import type { Inputs } from './inputs';
import { contextOf, planData } from './plan-deployment';
import type { Told } from './plan-deployment';
import { copyOf, whenKnown } from './when-known';

/** A Service, and what the deployment behind it must have been told of it. */
export interface HoldRequest {
  readonly told: Told;
  /** May be an Output. */
  readonly plan: pulumi.Input<RolloutPlan>;
  readonly service: Service;
  readonly mode: BalancerMode;
  readonly provider?: pulumi.Input<string>;
  readonly longConnection?: Inputs<LongConnectionOptions>;
}

/** What the Service itself says of the way, once it is known. */
type Said = Omit<HoldRequest, 'provider' | 'longConnection'> & { readonly provider?: string; readonly longConnection?: LongConnectionOptions };
type KnownRequest = Omit<Said, 'plan'> & { readonly plan: RolloutPlan; readonly entry: TrafficOptions };

/**
 * Holds a Service to what the deployment behind it was told, and writes what it must carry.
 *
 * The deployment is planned first and without the Service; here the way through the Service is planned again, with its annotations
 * and ports, for the grace period that the pods have by then.
 *
 * @throws {PlanRefusedError} If the deployment was not told of it, or was told something else.
 */
export function holdService(request: HoldRequest): pulumi.Input<Service> {
  // What was told is often known before the plan is, and then a wrong Service is found at once.
  const told = whenKnown<Said, TrafficOptions>(request, (known) => copyOf(toldEntry(known)));
  return whenKnown<KnownRequest, Service>({ ...request, entry: told }, (known, inputs) => {
    const { plan, service, entry } = known;
    const options: GracefulOptions = {
      ...known.told.options, traffic: [entry], terminationGracePeriodSeconds: plan.shutdown.terminationGracePeriodSeconds.value,
    };
    const [route] = planData(options, { ...contextOf(known.told), services: [service] }).routes;
    const problems = laterThanTold(route, plan);
    if (problems.length > 0) throw new PlanRefusedError(plan.workload, problems);
    return writePlan(inputs.service, { ...plan, routes: [route] });
  });
}

function toldEntry({ told, service, mode, provider, longConnection }: Said): TrafficOptions {
  const name = service.metadata?.name ?? '';
  const traffic = told.options.traffic ?? [];
  const entry = traffic.find((one) => one.service === name);
  const wanted = `{ service: '${name}', mode: '${mode}'${mode === 'cluster' && !provider ? '' : `, provider: '${provider ?? '...'}'`} }`;
  if (!entry) {
    const found = traffic.length === 0 ? 'none' : traffic.map((one) => `'${one.service}'`).join(', ');
    throw new PlanRefusedError(`Deployment/${told.name}`, [{
      id: 'service-not-told', field: 'graceful.traffic', wanted: `given an entry for Service/${name}, as the pods are planned before the Service is known`, found,
      remedy: `Add ${wanted}.`,
    }]);
  }
  const problems = [
    ...differs(`mode of Service/${name}`, mode, entry.mode, wanted),
    ...provider === undefined ? [] : differs(`provider of Service/${name}`, provider, entry.provider, wanted),
    ...longConnection ? connectionProblems(longConnection, told.options.longConnection) : [],
  ];
  if (problems.length > 0) throw new PlanRefusedError(`Deployment/${told.name}`, problems);
  return entry;
}

function differs(field: string, here: string, there: string | undefined, wanted: string): readonly Problem[] {
  if (here === there) return [];
  return [{
    id: 'contradicting-options', field, wanted: `'${there ?? 'not said'}', as the deployment was told`, found: `'${here}'`,
    remedy: `Make the entry in graceful.traffic ${wanted}, or use another kind of Service.`,
  }];
}

function connectionProblems(here: LongConnectionOptions, there: LongConnectionOptions | undefined): readonly Problem[] {
  const fields = ['longestSessionSeconds', 'handOverSeconds', 'heartbeatSeconds'] as const;
  const said = fields.filter((field) => here[field] !== undefined);
  if (there && said.every((field) => here[field] === there[field])) return [];
  const shown = (options: LongConnectionOptions) => fields.filter((field) => options[field] !== undefined).map((field) => `${field}: ${options[field]}`).join(', ');
  return [{
    id: 'contradicting-options', field: 'graceful.longConnection', found: there ? `{ ${shown(there)} }` : 'nothing',
    wanted: said.length > 0 ? `{ ${shown(here)} }, as its Service says` : 'given, as connections through this Service outlive a request',
    remedy: 'Tell the deployment how long connections live: its pods are planned before the Service is known.',
  }];
}

/** Settings of the Service itself may make the load balancer slower than the pods were planned for. */
function laterThanTold(route: RoutePlan, plan: RolloutPlan): readonly Problem[] {
  const told = plan.routes.find((one) => one.service === route.service)!;
  return (['delay', 'arrival'] as const).filter((figure) => route[figure].value > told[figure].value).map((figure) => ({
    id: 'service-slower-than-told', field: `${figure} of Service/${route.service}`, found: `${route[figure].value} s with the Service's own settings`,
    wanted: `at most ${told[figure].value} s, as the deployment was told`,
    remedy: 'Say the same in graceful.traffic (healthCheck, delaySeconds, registrationSeconds), so that the pods wait for it.',
  }));
}
