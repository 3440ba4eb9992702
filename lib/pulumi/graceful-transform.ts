import * as pulumi from '@pulumi/pulumi';
import type { GracefulOptions, RolloutPlan } from '../core/index';
import { asMessage } from './as-message';
import { checkTransformOptions } from './check-transform-options';
import { objectName, objectNameLater } from './object-name';
import { TransformSession } from './transform-session';
import { waitingLater, waitingOf } from './waiting';

/** What holds for every Deployment that a transform meets, and what differs. */
export interface GracefulTransformOptions extends Omit<GracefulOptions, 'traffic'> {
  /**
   * Deployments that differ, by `metadata.name`, or by the resource's name where the provider makes the other; wins over what is said
   * for all. Only here can `traffic` be told, as one way leads to one Deployment; a Service that is named in it carries what the plan
   * needs. An entry holds for Deployments of its name in every namespace.
   * @default - none
   */
  readonly perWorkload?: Readonly<Record<string, GracefulOptions>>;
  /**
   * Deployments to leave as they are, named in the same way, or as `namespace/name` to leave those of one namespace, and the Services there
   * that `traffic` would name for them.
   * @default - none
   */
  readonly except?: readonly string[];
  /**
   * Called with the plan of every Deployment that is hardened, while the program runs; such as to print its explanation.
   * @default - plans are not told
   */
  readonly onPlan?: (planned: TransformPlan) => void;
}

/** What a transform planned for one Deployment. */
export interface TransformPlan {
  /** `metadata.name`, or the resource's name where the provider makes the other. */
  readonly name: string;
  /** `metadata.namespace`; undefined where it is left to the provider, or not known yet. */
  readonly namespace: string | undefined;
  /** The plan of its rollouts: every number with its sum. Secret where something that it is computed from is. */
  readonly plan: pulumi.Output<RolloutPlan>;
  /** The same as text for people. */
  readonly explanation: pulumi.Output<string>;
}

/** Fits `transforms` and `transformations` alike. */
export type GracefulTransform = pulumi.ResourceTransformation & pulumi.ResourceTransform;

/** What both kinds of transform are given. */
interface TransformArgs {
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly opts: pulumi.CustomResourceOptions;
  /** Only a transformation gets it. */
  readonly resource?: pulumi.Resource;
}

/**
 * Hardens the Deployments of any program, component or chart in place, and the Services named in `traffic`: names, selectors and URNs
 * stay, so a preview over what exists replaces nothing. It never creates a resource, and leaves what our own components create.
 *
 * Resources come one by one. A Service that comes before its Deployment is written from what was told alone; should the Deployment need a
 * longer grace period than that, it is refused, and `terminationGracePeriodSeconds` in `perWorkload` is the way out. A Service and its
 * Deployment are brought together by name, namespace and provider; a namespace that is not known counts as any, and of several Deployments
 * of the name as the last one met, which a warning tells. Where those of the name are all elsewhere and have other pods than a Service
 * selects, it is left as it is, which a warning tells, too. A Service that several Deployments were told of is written for those in its
 * namespace; where none is there for sure, for each of them, and they must have been told the same of it. One that selects other pods than
 * the Deployment beside it is refused.
 *
 * `transformations` cannot wait for an Output: a Service whose name is one is left as it is, which a warning tells, too.
 *
 * @throws {PlanRefusedError} Where options or plain values do not add up; a resource whose Outputs do not fails.
 *
 * @example
 * pulumi.runtime.registerResourceTransform(gracefulTransform({ longestRequestSeconds: 20 }));
 */
export function gracefulTransform(options: GracefulTransformOptions = {}): GracefulTransform {
  asMessage(() => checkTransformOptions(options));
  const session = new TransformSession(options);
  return ((args: TransformArgs) => {
    if (!session.handles(args.type)) return undefined;
    const { metadata } = args.props;
    const ours = isOurs(args.opts.parent);
    if (args.resource && !(ours instanceof Promise)) {
      return ours ? undefined : session.transform({ ...args, ...objectName(metadata), waiting: waitingOf(args.opts) });
    }
    // Only a transform may wait, and has to: the engine hands over metadata that refers to another resource as one Output.
    return Promise.resolve(ours).then(async (yes) => yes ? undefined
      : session.transform({ ...args, ...await objectNameLater(metadata), waiting: await waitingLater(args.opts) }));
  }) as GracefulTransform;
}

/** Was it created by a component of ours? A transform (unlike a transformation) knows no more of its parent than the URN. */
function isOurs(parent: pulumi.Resource | undefined): boolean | Promise<boolean> {
  if (!parent) return false;
  const { __pulumiType: type } = parent as { readonly __pulumiType?: string };
  if (type) return type.startsWith('kube-graceful:');
  return new Promise((resolve) => parent.urn.apply((urn) => resolve(/[:$]kube-graceful:index:\w+::/.test(urn))));
}
