import { expectedYaml, runExample } from '../../test/support/run-example';

describe('examples/another-version', () => {
  const { yaml } = runExample(__dirname);

  test('synthesizes the YAML that stands beside it', () => {
    expect(yaml).toBe(expectedYaml(__dirname));
  });

  test('keeps the selector of the plain Deployment', () => {
    expect(yaml).toContain('cdk8s.io/metadata.addr: orders-api-');
    expect(yaml).toContain('terminationGracePeriodSeconds: 42');
  });
});
