import type { Container } from '../../../lib/core/manifest/types';
import { checkInitContainers } from '../../../lib/core/plan/check-init-containers';
import { aWorkload, CONTAINER, planOf, textsOf, warningsOf } from './fixtures';

describe(checkInitContainers, () => {
  const withInit = (container: Container) => aWorkload({ pod: { containers: [CONTAINER], initContainers: [container] } });
  const hooked = { name: 'init', lifecycle: { preStop: { sleep: { seconds: 5 } } } };

  test('refuses what only a sidecar may have', () => {
    expect(textsOf({}, withInit({ ...hooked, startupProbe: { tcpSocket: { port: 80 } } }))).toEqual(['lifecycle', 'startupProbe'].map((field) =>
      `${field} of init container init must be absent, as every API server refuses it on an init container that ends: current value is `
      + `${field === 'lifecycle' ? '{"preStop":{"sleep":{"seconds":5}}}' : '{"tcpSocket":{"port":80}}'}. Remove it, or make the container a sidecar by restartPolicy: Always.`));
    expect([textsOf({}, withInit({ name: 'init' })), textsOf({}, withInit({ ...hooked, restartPolicy: 'Always' }))]).toEqual([[], []]);
  });

  test('tells of sidecars that the cluster does not know', () => {
    const sidecar = withInit({ name: 'mesh', restartPolicy: 'Always' });
    expect(warningsOf(planOf({ kubernetes: '1.28', shell: true }, sidecar))).toEqual([
      'sidecar-needs-version: restartPolicy of init container mesh must be used from Kubernetes 1.29 on: an older API server drops it, so that the pod waits for ever until this container ends: '
      + 'current value is "Always", and kubernetes \'1.28\'. Upgrade the cluster, or make it an ordinary container with role: \'proxy\' or \'helper\'.',
    ]);
    expect([warningsOf(planOf({ kubernetes: '1.29', shell: true }, sidecar)), warningsOf(planOf({}, sidecar))]).toEqual([[], []]);
  });
});
