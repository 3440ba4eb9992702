import type { ModeProfile, ProviderProfile } from '../profile';

const SOURCE = 'ours: nothing is known of this load balancer, so the worst is assumed';

/** A mode of which only Kubernetes' own part is known. */
function mode(targets: ModeProfile['targets'], sourceAddress: ModeProfile['sourceAddress']): ModeProfile {
  return { annotations: {}, targets, sourceAddress, removed: 'cut-at-once', source: SOURCE };
}

/**
 * Any load balancer without a profile of its own. Delay, registration and health check come from the author; connections of a
 * removed target count as cut at once, since no setting against it is known.
 */
export const GENERIC: ProviderProfile = {
  id: 'generic',
  name: 'any other load balancer',
  annotationPrefixes: [],
  modes: {
    cluster: mode('nodes', 'lost'),
    local: mode('nodes-with-a-pod', 'kept'),
    eni: mode('pods', 'depends'),
  },
  confidence: 'assumed',
  remarks: ['Measure the delay, the registration and the health check before declaring them.'],
};
