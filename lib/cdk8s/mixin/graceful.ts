import { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { RolloutPlan } from '../../core/index';
import { coreOptions } from './core-options';
import { Precedence } from './declaration';
import { addDisruptionBudget } from './disruption-budget';
import { explain } from './explain';
import type { GracefulProps } from './graceful-props';
import { Session } from './session';
import { RolloutProps, typedOptions } from './typed-options';

/** What a graceful workload takes beside the props of the class it is made from. */
export interface GracefulWorkloadProps {
  /** What you know about the workload and wish for its rollouts. @default - the defaults of each option */
  readonly graceful?: GracefulProps;
  /** Creates a PodDisruptionBudget that lets one pod go at a time. @default true */
  readonly disruptionBudget?: boolean;
}

/** What a graceful workload has beside the members of the class it is made from. */
export interface GracefulWorkload {
  /** The plan of its rollouts, from the app as it is now. Throws a `PlanRefusedError` if it does not add up. */
  readonly plan: RolloutPlan;
  /** The same as text: the sum, part by part. */
  readonly explanation: string;
}

/** A class whose instances render a Deployment. */
export type WorkloadConstructor = new (scope: Construct, id: string, props: never) => Construct;

/** Props of a class of constructs. */
export type PropsOf<C> = C extends new (scope: Construct, id: string, props: infer P) => unknown ? NonNullable<P> : never;

/** The class that `graceful` makes: props, members and statics of its base, and ours. */
export type GracefulConstructor<C extends WorkloadConstructor> = Pick<C, keyof C>
  & (new (scope: Construct, id: string, ...props: GracefulArguments<C>) => InstanceType<C> & GracefulWorkload);

/** Props may be left out where the base allows it. */
export type GracefulArguments<C> = object extends PropsOf<C>
  ? [props?: PropsOf<C> & GracefulWorkloadProps]
  : [props: PropsOf<C> & GracefulWorkloadProps];

type PlainConstructor = new (scope: Construct, id: string, props: object) => Construct;
type Expose = (this: IConstruct, ...args: unknown[]) => IConstruct;

/**
 * Makes a graceful class from the `Deployment` of any version of cdk8s-plus, or from a generated `KubeDeployment`. Construct path,
 * name and selector of each instance are those of the plain class.
 *
 * What the props of the base say about rollouts (grace period, minReady, progressDeadline, strategy) is held or refused, as
 * what `graceful` says; a share of 25 % in a strategy is what cdk8s-plus fills in, so it counts only in `graceful`.
 *
 * @example
 * const GracefulDeployment = graceful(kplus33.Deployment);
 * new GracefulDeployment(chart, 'web', { containers, graceful: { longestRequest: Duration.seconds(20) } });
 */
export function graceful<C extends WorkloadConstructor>(Base: C): GracefulConstructor<C> {
  class Graceful extends (Base as unknown as PlainConstructor) implements GracefulWorkload {
    constructor(scope: Construct, id: string, props: GracefulWorkloadProps & RolloutProps = {}) {
      const { graceful: said, disruptionBudget, ...rest } = props;
      super(scope, id, rest);
      const session = Session.of(this);
      const object = ApiObject.of(this);
      session.plan(object, Precedence.OWN, { defaultReadinessProbe: true, ...coreOptions(said ?? {}) });
      session.say(object, Precedence.OWN, typedOptions(rest));
      if (disruptionBudget ?? true) addDisruptionBudget(this, object);
    }

    public get plan(): RolloutPlan {
      return Session.of(this).planOf(ApiObject.of(this));
    }

    public get explanation(): string {
      return explain(this);
    }
  }
  manageExposed(Graceful.prototype as { exposeViaService?: Expose });
  return Graceful as unknown as GracefulConstructor<C>;
}

/** The Service that a deployment makes for itself is written like any other of ours. */
function manageExposed(prototype: { exposeViaService?: Expose }): void {
  const expose = prototype.exposeViaService;
  if (!expose) return;
  prototype.exposeViaService = function (this: IConstruct, ...args: unknown[]) {
    const service = expose.apply(this, args);
    Session.of(this).manage(ApiObject.of(service));
    return service;
  };
}
