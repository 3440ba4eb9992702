/** The affinity of pods that must not share a node: a new one stands on another than the old one, which would else be left to chance. */
export function apartFrom(labelSelector: object): object {
  const term = { labelSelector, topologyKey: 'kubernetes.io/hostname' };
  return { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
}
