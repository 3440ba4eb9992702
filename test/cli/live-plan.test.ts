import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest, PodSpec } from 'kube-graceful';
import { compareWithPlan } from 'kube-graceful/drill';
import { parseAllDocuments } from 'yaml';
import { livePlan } from '../../lib/cli/live-plan';
import { hookSeconds } from '../../lib/drill/hook-seconds';
import { kubectl, KubectlError } from '../../lib/drill/kubectl';

jest.mock('../../lib/drill/kubectl', () => ({ ...jest.requireActual<object>('../../lib/drill/kubectl'), kubectl: jest.fn() }));

const EXAMPLES = join(__dirname, '..', '..', 'examples');
const LABELS = { app: 'web' };
const metadata = { name: 'web', namespace: 'shop' };
const WEB = {
  kind: 'Deployment', metadata, spec: { replicas: 3, template: { metadata: { labels: LABELS }, spec: { containers: [{ name: 'web', ports: [{ containerPort: 80 }] }] } } },
};
const SERVICE = { kind: 'Service', metadata, spec: { selector: LABELS, ports: [{ port: 80 }] } };
const HPA = { kind: 'HorizontalPodAutoscaler', metadata, spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, minReplicas: 2, maxReplicas: 9 } };
const ROUTE = { kind: 'HTTPRoute', metadata, spec: { rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] } };
const ROUTES = ['httproutes', 'grpcroutes', 'tlsroutes', 'tcproutes', 'udproutes'].map((kind) => `${kind}.gateway.networking.k8s.io`);
const NO_SUCH_KIND = 'error: the server doesn\'t have a resource type "httproutes"';

/** A cluster that has these objects, and says this when it is asked for what it knows nothing of. */
function clusterOf(standing: readonly object[], routes: readonly object[] | string = NO_SUCH_KIND): void {
  jest.mocked(kubectl).mockImplementation(async (_, args) => {
    if (!args[1].includes('gateway')) return JSON.stringify({ kind: 'List', items: standing });
    if (typeof routes === 'string') throw new KubectlError(args, routes);
    return JSON.stringify({ kind: 'List', items: args[1].startsWith('httproutes') ? routes : [] });
  });
}

describe(livePlan, () => {
  test('plans what stands there, with the Services that lead to it', async () => {
    clusterOf([WEB, SERVICE]);
    const live = await livePlan({ deployment: 'web' });
    expect([live?.plan.workload, live?.services]).toEqual(['Deployment/web', [SERVICE]]);
    expect(await livePlan({ deployment: 'api' })).toBeUndefined();
  });

  test.each([
    ['nothing', undefined, undefined, true], ['the command line', '{}', undefined, false], ['the annotation', undefined, '{"longestRequestSeconds":20}', false],
  ])('knows whether its author told it anything: %s', async (_, optionsJson, annotation, assumed) => {
    const annotations = annotation === undefined ? {} : { 'kube-graceful/options': annotation };
    clusterOf([{ ...WEB, metadata: { ...metadata, annotations } }, SERVICE]);
    expect((await livePlan({ deployment: 'web' }, optionsJson))?.assumed).toBe(assumed);
  });

  test.each(['web-eni', 'in-place', 'another-version', 'nginx-warm-up'])('advises nothing of an example as it stands, where nobody told it anything: %s', async (name) => {
    const objects = parseAllDocuments(readFileSync(join(EXAMPLES, name, 'expected.yaml'), 'utf8')).map((each) => each.toJS() as Manifest);
    const { metadata: { name: deployment }, spec } = objects.find(({ kind }) => kind === 'Deployment') as typeof WEB;
    clusterOf(objects);
    const { plan, services, assumed } = (await livePlan({ deployment }))!;
    const { containers, terminationGracePeriodSeconds: graceSeconds } = spec.template.spec as PodSpec;
    const waitSeconds = hookSeconds(containers)!;
    const measured = { replicas: 1, delaySeconds: 3, waitSeconds, drainSeconds: 11, graceSeconds, endSeconds: waitSeconds + 11 };
    expect(compareWithPlan(measured, plan, services, assumed).advice).toEqual([]);
    expect(compareWithPlan(measured, plan, services).advice).not.toEqual([]); // though it is not what is assumed of every workload
  });

  test('takes the replicas of one with an autoscaler for the autoscaler\'s: the API server keeps them in the Deployment', async () => {
    clusterOf([WEB, SERVICE, HPA]);
    expect((await livePlan({ deployment: 'web' }))?.plan.pace.at.map(({ replicas }) => replicas)).toEqual([2, 9]);
  });

  test('finds routes of the Gateway API', async () => {
    clusterOf([WEB, SERVICE], [ROUTE]);
    await expect(livePlan({ deployment: 'web' })).rejects.toThrow('traffic of Service/web must be given delaySeconds');
    expect((await livePlan({ deployment: 'web' }, '{"traffic":[{"service":"web","delaySeconds":20}]}'))?.plan.routes[0].mode).toBe('ingress');
  });

  const FORBIDDEN = 'Error from server (Forbidden): httproutes.gateway.networking.k8s.io is forbidden';

  test.each([
    [NO_SUCH_KIND, []], ['Error from server (NotFound): the server could not find the requested resource', []], [FORBIDDEN, ROUTES],
  ])('plans as if there were none of what the cluster does not have, or does not show: %s', async (said, unseen) => {
    clusterOf([WEB, SERVICE], said);
    const live = await livePlan({ deployment: 'web' });
    expect([live?.plan.routes[0].mode, live?.unseen ?? []]).toEqual(['in-cluster', unseen]);
  });

  test('has no plan where the cluster gives no answer', async () => {
    clusterOf([WEB, SERVICE], 'Unable to connect to the server');
    await expect(livePlan({ deployment: 'web' })).rejects.toThrow(
      'Cannot run kubectl get httproutes.gateway.networking.k8s.io -o: Unable to connect to the server');
  });
});
