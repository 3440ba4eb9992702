import { createNamespace, TestNamespace } from './support/cluster';
import type { Manifest } from './support/web';

let cluster: TestNamespace;
beforeAll(async () => cluster = await createNamespace('articles'));
afterAll(() => cluster.remove());

/** The first article's Deployment, with what matters of its YAML as printed. */
const FIRST: Manifest = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'nginx' },
  spec: {
    replicas: 1,
    strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    selector: { matchLabels: { app: 'nginx' } },
    template: {
      metadata: { labels: { app: 'nginx' } },
      spec: {
        containers: [{
          name: 'nginx',
          image: 'nginx',
          startupProbe: { httpGet: { path: '/', port: 80 }, successThreshold: 5, periodSeconds: 5 },
          readinessProbe: { httpGet: { path: '/', port: 80 }, successThreshold: 1, periodSeconds: 5 },
          lifecycle: { preStop: { exec: { command: ['sleep', '15s'] } } },
        }],
      },
    },
  },
};

const probe = {
  tcpSocket: { port: 5084 }, initialDelaySeconds: 30, periodSeconds: 30, failureThreshold: 3, successThreshold: 1, timeoutSeconds: 1,
};

/** The second article's Pod, with what matters of its YAML as printed: the preStop command holds a number. */
const SECOND: Manifest = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'nginx' },
  spec: {
    terminationGracePeriodSeconds: 60,
    containers: [{
      name: 'nginx',
      image: 'nginx',
      livenessProbe: probe,
      readinessProbe: probe,
      lifecycle: { preStop: { exec: { command: ['sleep', 30] } } },
    }],
  },
};

/** What the API server answers to a manifest, word for word. */
const answerTo = (manifest: Manifest) => cluster.dryRun(manifest).then((said) => said.trim(), (error) => error.said as string);

describe('the articles\' manifests as printed', () => {
  test('the first is refused for the successes its startup probe wants', async () => {
    expect(await answerTo(FIRST)).toBe(
      'The Deployment "nginx" is invalid: spec.template.spec.containers[0].startupProbe.successThreshold: Invalid value: 5: must be 1');
  });

  test('the second is refused for the number in its preStop command', async () => {
    expect(await answerTo(SECOND)).toBe('Error from server (BadRequest): error when creating "STDIN": '
      + 'Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal number into Go struct field '
      + 'ExecAction.spec.containers.lifecycle.preStop.exec.command of type string');
  });

  test('the second is taken once the number is a string, and the first once the startup probe wants one success', async () => {
    const text = JSON.stringify([FIRST, SECOND]).replace('"successThreshold":5', '"successThreshold":1').replace('["sleep",30]', '["sleep","30"]');
    const [first, second] = JSON.parse(text) as [Manifest, Manifest];
    expect(await answerTo(first)).toBe('deployment.apps/nginx created (server dry run)');
    expect(await answerTo(second)).toBe('pod/nginx created (server dry run)');
  });
});
