import { PLATFORMS, effectiveGraceSeconds, tryFindPlatform } from '../../../lib/core/budget';

describe('PLATFORMS', () => {
  test('has these ceilings: a contract', () => {
    expect(Object.fromEntries(PLATFORMS.map(({ id, ceilingSeconds }) => [id, ceilingSeconds]))).toEqual({
      'cluster-autoscaler': 600,
      'node-pressure-eviction': 1,
      'aws-spot': 120,
      'gke-spot': 15,
      'azure-spot': 30,
      'eks-node-group-update': 900,
      'aks-node-upgrade': 1800,
      'gke-node-upgrade': 3600,
    });
  });

  test('says which were not read at their source', () => {
    expect(PLATFORMS.filter(({ verified }) => !verified).map(({ id }) => id))
      .toEqual(['azure-spot', 'eks-node-group-update', 'gke-node-upgrade']);
  });
});

describe(tryFindPlatform, () => {
  test('finds a platform by its id, and nothing by another', () => {
    expect(tryFindPlatform('aws-spot')?.name).toBe('AWS spot instance');
    expect(tryFindPlatform('toString')).toBeUndefined();
  });
});

describe(effectiveGraceSeconds, () => {
  test.each([[50, 600, 50], [900, 600, 600], [600, 600, 600]])('of %i s under a ceiling of %i s is %i s', (grace, ceiling, seconds) => {
    expect(effectiveGraceSeconds(grace, ceiling)).toBe(seconds);
  });
});
