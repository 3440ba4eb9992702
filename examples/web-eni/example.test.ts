import { expectedYaml, runExample } from '../../test/support/run-example';

describe('examples/web-eni', () => {
  const { yaml, explanation } = runExample(__dirname);

  test('synthesizes the YAML that stands beside it', () => {
    expect(yaml).toBe(expectedYaml(__dirname));
  });

  test('explains the grace period as a sum', () => {
    expect(explanation).toContain('    12 s  SIGTERM: 10 s close notice + 20 s longest request                          + drain    30 s');
    expect(explanation).toContain('    47 s  SIGKILL would come now                                                     = grace    47 s');
  });

  test('lets the load balancer drain for as long as a pod may live on', () => {
    expect(yaml).toContain('alibaba-cloud-loadbalancer-connection-drain-timeout: "47"');
    expect(yaml).toContain('terminationGracePeriodSeconds: 47');
  });
});
