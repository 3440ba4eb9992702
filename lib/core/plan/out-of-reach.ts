import type { BalancerSetting, OutOfReach } from '../traffic/profile';
import type { RouteDraft } from './draft-routes';

/**
 * Why a load balancer does not take a setting from the Service's annotations. What an annotation keeps is its author's own word, also of a
 * load balancer that was set up elsewhere: then nothing is out of reach.
 */
export function outOfReachOf(
  setting: BalancerSetting, { profile, existing, ports, kept }: Pick<RouteDraft, 'profile' | 'existing' | 'ports' | 'kept'>,
): OutOfReach | undefined {
  return 'annotations' in kept ? undefined : profile?.outOfReach?.(setting, existing, ports);
}
