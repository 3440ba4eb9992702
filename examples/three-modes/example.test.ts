import { expectedYaml, runExample } from '../../test/support/run-example';

describe('examples/three-modes', () => {
  const { yaml, explanation } = runExample(__dirname);

  test('synthesizes the YAML that stands beside it', () => {
    expect(yaml).toBe(expectedYaml(__dirname));
  });

  test('ends in a recommendation for the facts declared', () => {
    expect(explanation).toContain('\nTake eni: no kube-proxy on the way; the source address is kept;');
    expect(explanation).toContain('\nNot cluster: it goes beyond the quota, 60 load balancers on each node, of at most 50.');
  });

  test('compares the plans of the three modes, not what stands there already', () => {
    expect(explanation).toMatch(/\npreStop wait +7 s +12 s +12 s\n/);
    expect(explanation).toMatch(/\nminReady +0 s +16 s +6 s\n/);
  });

  test('waits for the load balancer only where a roll changes its targets', () => {
    expect(yaml.match(/seconds: \d+/g)).toEqual(['seconds: 7', 'seconds: 12', 'seconds: 12']);
  });
});
