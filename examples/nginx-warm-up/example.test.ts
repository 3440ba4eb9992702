import { expectedYaml, runExample } from '../../test/support/run-example';

describe('examples/nginx-warm-up', () => {
  const { yaml, explanation } = runExample(__dirname);

  test('synthesizes the YAML that stands beside it', () => {
    expect(yaml).toBe(expectedYaml(__dirname));
  });

  test('asks for five successes at the start, and for one afterwards', () => {
    expect(yaml).toContain('[ $n -ge 5 ] && exit 0; sleep 5');
    expect(yaml).not.toContain('successThreshold');
  });

  test('promises no close notice, which the stock image does not give', () => {
    expect(yaml).toContain('terminationGracePeriodSeconds: 27');
    expect(explanation).toContain('  - closeNotice of container nginx must be above 0');
  });

  test('replaces one pod after another, never below the replicas', () => {
    expect(yaml).toContain('maxSurge: 1\n      maxUnavailable: 0');
    expect(explanation).toContain('         3      3  0 s to');
  });
});
