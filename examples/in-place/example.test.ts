import { expectedYaml, runExample } from '../../test/support/run-example';

describe('examples/in-place', () => {
  const { yaml } = runExample(__dirname);

  test('synthesizes the YAML that stands beside it', () => {
    expect(yaml).toBe(expectedYaml(__dirname));
  });

  test('holds the pods to the labelled nodes, each version spread by itself', () => {
    expect(yaml).toContain('whenUnsatisfiable: DoNotSchedule');
    expect(yaml).toContain('key: deploy');
    expect(yaml).toContain('maxSurge: 50%');
  });
});
