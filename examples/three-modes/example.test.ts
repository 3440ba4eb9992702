import { expectedYaml, runExample } from '../../test/support/run-example';

describe('examples/three-modes', () => {
  const { yaml, explanation } = runExample(__dirname);

  test('synthesizes the YAML that stands beside it', () => {
    expect(yaml).toBe(expectedYaml(__dirname));
  });

  test('ends in a recommendation for the facts declared', () => {
    expect(explanation.trim().split('\n').at(-1)).toContain('eni');
  });

  test('waits for the load balancer only where a roll changes its targets', () => {
    expect(yaml.match(/seconds: \d+/g)).toEqual(['seconds: 7', 'seconds: 12', 'seconds: 12']);
  });
});
