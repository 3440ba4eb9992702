import type * as pulumi from '@pulumi/pulumi';
import { PlanRefusedError } from '../core/index';
import type { LoadBalancerServiceArgs } from './load-balancer-service-args';
import { ownProvider, waitingOf } from './waiting';

/**
 * The provider of a component's Service: that of its deployment, as a Service only feeds pods of its own cluster. A deployment elsewhere
 * has none that could be seen.
 *
 * @returns Undefined where it is the default one, or left to `opts`.
 * @throws {PlanRefusedError} If the Service says another one, or would take it over from its parent.
 */
export function serviceProvider(
  service: string, { deployment }: LoadBalancerServiceArgs, opts: pulumi.ComponentResourceOptions,
): pulumi.ProviderResource | undefined {
  if (!('deployment' in deployment)) return undefined;
  const provider = deployment.getProvider('kubernetes:core/v1:Service');
  const own = ownProvider(opts);
  const here = own ?? provider ?? waitingOf(opts).provider;
  if (here === provider) return provider;
  throw new PlanRefusedError(`Service/${service}`, [{
    id: 'other-provider', field: own ? 'opts.provider' : 'the provider of opts.parent', found: 'another one',
    wanted: `${provider ? 'that' : 'the default one, that'} of its deployment: a Service only feeds pods of its own cluster`,
    remedy: own ? 'Leave it out, or give the deployment the same one.' : 'Give the deployment the same one, or the Service another parent.',
  }]);
}
