import { expectedYaml, runExample } from '../../test/support/run-example';

describe('examples/game-server', () => {
  const { yaml, explanation } = runExample(__dirname);

  test('synthesizes the YAML that stands beside it', () => {
    expect(yaml).toBe(expectedYaml(__dirname));
  });

  test('keeps a pod for a whole round, and warns of what does not', () => {
    expect(yaml).toContain('terminationGracePeriodSeconds: 1832');
    expect(explanation).toContain('Cluster Autoscaler  leaves 10 min of 30 min 32 s');
  });

  test('ends a hung server within half a minute all the same', () => {
    expect(yaml).toContain('terminationGracePeriodSeconds: 30');
  });
});
