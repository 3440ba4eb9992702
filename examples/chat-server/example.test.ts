import { expectedYaml, runExample } from '../../test/support/run-example';

describe('examples/chat-server', () => {
  const { yaml, explanation } = runExample(__dirname);

  test('synthesizes the YAML that stands beside it', () => {
    expect(yaml).toBe(expectedYaml(__dirname));
  });

  test('gives clients two minutes to move', () => {
    expect(explanation).toContain('SIGTERM: 120 s hand-over');
    expect(yaml).toContain('terminationGracePeriodSeconds: 137');
  });
});
