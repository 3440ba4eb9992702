import type { ProviderProfile } from './profile';
import { PROFILES } from './profiles';

const BY_ID: ReadonlyMap<string, ProviderProfile> = new Map(PROFILES.map((profile) => [profile.id, profile]));

/** The ids of all profiles, in the order of the documentation: for messages about an id that is none of them. */
export const PROFILE_IDS: readonly string[] = PROFILES.map((profile) => profile.id);

/**
 * The profile of a load balancer; undefined where there is none of that id.
 *
 * @example
 * tryFindProfile('alibaba-clb')?.name; // => 'Alibaba Cloud CLB'
 */
export function tryFindProfile(id: string): ProviderProfile | undefined {
  return BY_ID.get(id);
}
