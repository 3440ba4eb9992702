import type { Manifest } from '../manifest/types';
import type { Problem } from '../problem';

/** Annotation that keeps a field as it is: `kube-graceful/keep.<field>: <reason>`. A contract. */
export const KEEP_ANNOTATION = 'kube-graceful/keep.';

/** The fields that may be kept, as they are called in the manifest. */
export const KEEPABLE_FIELDS: readonly string[] = [
  'terminationGracePeriodSeconds', 'preStop', 'minReadySeconds', 'progressDeadlineSeconds', 'maxSurge', 'maxUnavailable',
  'readinessProbe', 'livenessProbe', 'startupProbe', 'readinessGates', 'topologySpreadConstraints', 'affinity', 'annotations',
  'externalTrafficPolicy', 'loadBalancerClass',
];

/** Fields that a manifest's annotations keep as they are, each with its reason. */
export function keptFields(manifest: Manifest, problems: Problem[]): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  const annotations = manifest.metadata?.annotations ?? {};
  for (const key in annotations) {
    if (!key.startsWith(KEEP_ANNOTATION)) continue;
    const field = key.slice(KEEP_ANNOTATION.length);
    if (!KEEPABLE_FIELDS.includes(field)) {
      problems.push({ id: 'unknown-field', field: key, wanted: `kube-graceful/keep. with one of ${KEEPABLE_FIELDS.join(', ')}`, found: `'${field}'`, remedy: 'Correct the name, or remove the annotation.' });
    } else if (String(annotations[key] ?? '').trim() === '') {
      problems.push({ id: 'no-reason', field: key, wanted: 'a reason', found: '\'\'', remedy: 'Say why the field stays as it is: whoever reads the explanation will ask.' });
    } else kept[field] = String(annotations[key]);
  }
  return kept;
}
