import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { BalancerMode, LongConnectionOptions, Metadata, Service } from '../core/index';
import { asMessage } from './as-message';
import { plannedAnnotations, serviceSpec } from './field-by-field';
import { holdService } from './hold-service';
import type { Inputs } from './inputs';
import type { LoadBalancerServiceArgs } from './load-balancer-service-args';
import type { PlannedDeployment } from './plan-deployment';
import { notePods } from './pods';
import { refuseOtherSelector } from './refuse-other-selector';
import { podsOf, refuseServiceToWait } from './refuse-waiting';
import { wantedService } from './service-manifest';
import { serviceProvider } from './service-provider';
import { serviceTimeout, serviceTimeouts, timeoutsInTime, withSaid, withTimeout } from './timeouts';
import { isAwaited, waitingOf } from './waiting';
import { thenKnown } from './when-known';

/** A Service that is ready to be registered. */
export interface PreparedService {
  /** Of the Service. */
  readonly name: string;
  readonly metadata: pulumi.Input<object>;
  readonly spec: pulumi.Input<object>;
  /** The deployment behind it. */
  readonly planned: pulumi.Input<PlannedDeployment>;
  readonly selector: pulumi.Input<object>;
  /** Undefined where it is the default one, or left to the component. */
  readonly provider: pulumi.ProviderResource | undefined;
}

/** Prepares a Service before its component exists, so that a wrong one leaves nothing behind. */
export function prepareService(
  name: string, args: LoadBalancerServiceArgs, opts: pulumi.ComponentResourceOptions, mode: BalancerMode,
  longConnection?: Inputs<LongConnectionOptions>,
): PreparedService {
  const { told, planned } = args.deployment;
  const plan = thenKnown(planned, (known) => known.plan);
  const { metadata, service, selector } = asMessage(() => wantedService(name, args, mode));
  asMessage(() => refuseServiceToWait(service.metadata?.name ?? name, args, opts));
  const provider = asMessage(() => serviceProvider(service.metadata?.name ?? name, args, opts));
  const held = holdService({ told, plan, service, mode, provider: args.provider, longConnection });
  return {
    name: service.metadata?.name ?? name, planned, selector, provider,
    metadata: plannedAnnotations(metadata, thenKnown(held, (one) => withAnnotations(metadata, one))),
    spec: serviceSpec(service.spec, thenKnown(held, ({ spec }) => spec!)),
  };
}

/**
 * Registers a Service as the child of its component. It is never an input of anything here, nor the deployment of it: either would make
 * one wait for the other, which with a readiness gate is for ever.
 */
export function createService(
  parent: pulumi.ComponentResource, name: string, prepared: PreparedService, args: LoadBalancerServiceArgs,
  opts: pulumi.ComponentResourceOptions,
): k8s.core.v1.Service {
  const { metadata, spec, planned, selector, provider } = prepared;
  const timeouts = timeoutsInTime(planned, args.metadata, serviceTimeouts);
  const service = new k8s.core.v1.Service(name, {
    metadata: withTimeout(metadata, planned, serviceTimeout), spec,
  } as k8s.core.v1.ServiceArgs, {
    parent,
    provider,
    dependsOn: opts.dependsOn,
    aliases: args.serviceAliases,
    ignoreChanges: ['spec.selector'],
    customTimeouts: withSaid(timeouts, opts.customTimeouts),
  });
  // A deployment that is an argument cannot wait for the Service that is made of it.
  if (!('deployment' in args.deployment) && isAwaited(args.metadata)) notePods('Service', service, podsOf(args.deployment, waitingOf(opts)));
  refuseOtherSelector({ resource: service, object: `Service/${prepared.name}`, live: service.spec.selector, wanted: selector });
  return service;
}

/** All of an object's metadata, with the annotations that the plan gave it. */
export function withAnnotations(metadata: Metadata, { metadata: planned }: Service): Metadata {
  return planned?.annotations === undefined ? metadata : { ...metadata, annotations: planned.annotations };
}

/** Address of a Service's load balancer: an IP address, else a host name; empty while it has none. */
export function endpointOf(service: k8s.core.v1.Service): pulumi.Output<string> {
  return service.status.apply((status) => {
    const [ingress] = status?.loadBalancer?.ingress ?? [];
    return ingress?.ip ?? ingress?.hostname ?? '';
  });
}
