/**
 * What cdk8s-plus writes into every manifest by itself and Pulumi does not: the author of a Pulumi program, not the toolkit, decides
 * about it. No plan looks at any of it, and a value that is not one of these is compared.
 */
export const writtenByCdk8sPlus: Readonly<Record<string, readonly unknown[]>> = {
  // Kubernetes' own defaults, spelled out.
  minReadySeconds: [0],
  progressDeadlineSeconds: [600],
  revisionHistoryLimit: [10],
  type: ['RollingUpdate'],
  dnsPolicy: ['ClusterFirst'],
  hostNetwork: [false],
  restartPolicy: ['Always'],
  setHostnameAsFQDN: [false],
  shareProcessNamespace: [false],
  fsGroupChangePolicy: ['Always'],
  privileged: [false],
  failureThreshold: [3],
  scheme: ['HTTP'],
  // Its choices for pods that are safer: no token, no root, no privileges, no writing; false is Kubernetes' default.
  automountServiceAccountToken: [false],
  allowPrivilegeEscalation: [false],
  runAsNonRoot: [true],
  readOnlyRootFilesystem: [true, false],
  // Kubernetes pulls an image with a tag only where it is missing, unless told so.
  imagePullPolicy: ['Always', 'IfNotPresent'],
};

/** What is left of a manifest without these, and without what is empty then. */
export const withoutThese = (manifest: unknown): unknown => JSON.parse(JSON.stringify(manifest), (key, value: unknown) => {
  if (writtenByCdk8sPlus[key]?.includes(value)) return undefined;
  const leftEmpty = (key === 'securityContext' || key === 'externalIPs') && Object.keys(value as object).length === 0;
  return leftEmpty ? undefined : value;
});
