/** A field that cdk8s-plus writes into every manifest by itself, and Pulumi does not. */
export interface Noise {
  /** From the manifest down; `*` is any entry of a list. The same field at another place is compared. */
  readonly path: string;
  /** These values alone; any other one is compared. */
  readonly values: readonly unknown[];
  /** Why it says nothing about our layers. */
  readonly why: string;
}

const pod = 'spec.template.spec';
const container = `${pod}.containers.*`;
const SAME = 'Kubernetes\' own default, spelled out: without it a cluster does the same';
const SAFER = 'a choice of cdk8s-plus for whoever says nothing; in Pulumi the author of the program says it, and no plan looks at it';
const EMPTY = 'empty, or empty without what stands above';

/**
 * All that is left out of cdk8s' side where the two programs of an example are compared, beside names, namespaces and what a
 * toolkit labels and selects by; of Pulumi's side nothing is. Their authors wrote different manifests. Where all begin with the same
 * one (`parity.test.ts`, and the first test of each example in `examples.test.ts`) nothing is left out of either.
 */
export const writtenByCdk8sPlus: readonly Noise[] = [
  { path: 'spec.minReadySeconds', values: [0], why: SAME },
  { path: 'spec.progressDeadlineSeconds', values: [600], why: SAME },
  { path: 'spec.revisionHistoryLimit', values: [10], why: SAME },
  { path: 'spec.strategy.type', values: ['RollingUpdate'], why: SAME },
  { path: `${pod}.dnsPolicy`, values: ['ClusterFirst'], why: SAME },
  { path: `${pod}.hostNetwork`, values: [false], why: SAME },
  { path: `${pod}.restartPolicy`, values: ['Always'], why: SAME },
  { path: `${pod}.setHostnameAsFQDN`, values: [false], why: SAME },
  { path: `${pod}.shareProcessNamespace`, values: [false], why: SAME },
  { path: `${pod}.securityContext.fsGroupChangePolicy`, values: ['Always'], why: SAME },
  { path: `${container}.securityContext.privileged`, values: [false], why: SAME },
  { path: `${container}.readinessProbe.failureThreshold`, values: [3], why: SAME },
  { path: `${container}.readinessProbe.httpGet.scheme`, values: ['HTTP'], why: SAME },
  { path: `${pod}.automountServiceAccountToken`, values: [false], why: SAFER },
  { path: `${pod}.securityContext.runAsNonRoot`, values: [true], why: SAFER },
  { path: `${container}.securityContext.runAsNonRoot`, values: [true], why: SAFER },
  { path: `${container}.securityContext.allowPrivilegeEscalation`, values: [false], why: SAFER },
  // false, said by the author of examples/nginx-warm-up, is Kubernetes' default again.
  { path: `${container}.securityContext.readOnlyRootFilesystem`, values: [true, false], why: SAFER },
  // IfNotPresent, said by the same, is Kubernetes' default for an image with a tag.
  { path: `${container}.imagePullPolicy`, values: ['Always', 'IfNotPresent'], why: SAFER },
  { path: `${pod}.securityContext`, values: [{}], why: EMPTY },
  { path: 'spec.externalIPs', values: [[]], why: EMPTY },
];

/** What is left of a manifest without these; what was left out is noted, if there is a place for notes. */
export function withoutThese(manifest: unknown, leftOut?: Set<string>): unknown {
  return cleaned(manifest, '', leftOut);
}

/** A field and its value as one text. */
export const noted = (path: string, value: unknown): string => `${path}: ${JSON.stringify(value)}`;

const all = new Set(writtenByCdk8sPlus.flatMap(({ path, values }) => values.map((value) => noted(path, value))));

function cleaned(value: unknown, path: string, leftOut?: Set<string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => cleaned(one, `${path}.*`, leftOut));
  return Object.fromEntries(Object.entries(value).flatMap(([key, entry]) => {
    const at = path === '' ? key : `${path}.${key}`;
    const kept = cleaned(entry, at, leftOut);
    if (!all.has(noted(at, kept))) return [[key, kept]];
    leftOut?.add(noted(at, kept));
    return [];
  }));
}
