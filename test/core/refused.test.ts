import type { Container, LifecycleHandler, Manifest, Workload } from '../../lib/core/manifest/types';
import type { GracefulOptions } from '../../lib/core/plan/options';
import { problemText } from '../../lib/core/problem';
import { aService, aWorkload, anEniService, CONTAINER, problemsOf, untyped } from './plan/fixtures';

const container = (parts: Container) => aWorkload({ container: parts });
const spec = (parts: NonNullable<Workload['spec']>) => aWorkload({ spec: parts });
const number = (field: string, found: string, least = 0, most = 2_147_483_647, remedy = 'Correct the manifest.') =>
  `wrong-number: ${field} must be a whole number from ${least} to ${most}: current value is ${found}. ${remedy}`;
const share = (field: string, found: string, remedy = 'Correct the manifest.') =>
  `wrong-number: ${field} must be a whole number >= 0, or a percentage such as '25%': current value is ${found}. ${remedy}`;
const part = (field: string, found: string, remedy?: string) => share(field, found, remedy).replace('such as \'25%\'', 'from \'0%\' to \'100%\'');
const unquoted = 'Write it without quotes.';
const budget = (name: string, parts: object = { maxUnavailable: 1 }): Manifest => ({ kind: 'PodDisruptionBudget', metadata: { name }, spec: { selector: { matchLabels: { app: 'web' } }, ...parts } });
const hpa = (parts: object): Manifest => ({ kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' }, spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, ...parts } });
const mechanism = (found: string) => `probe-mechanism: readinessProbe of container main must be given exactly one of httpGet, tcpSocket, exec, grpc: current value is ${found}. Say what the probe does.`;
const port = (found: string) => `missing-port: readinessProbe of container main must be given a port from 1 to 65535, or the name of one of the container's ports: current value is ${found}. Say which port is asked.`;

/** A helper or a sidecar with this hook beside the container that serves. */
function beside(role: string, preStop: LifecycleHandler): Workload {
  const side: Container = { name: 'side', lifecycle: { preStop } };
  if (role === 'helper') return aWorkload({ pod: { containers: [CONTAINER, side] } });
  return aWorkload({ pod: { containers: [CONTAINER], initContainers: [{ ...side, restartPolicy: 'Always' }] } });
}

/** The second article's Pod, as printed: its hook has a number where a text must be. */
const SECOND_ARTICLE = container({
  ports: [{ containerPort: 5084 }],
  readinessProbe: {
    tcpSocket: { port: 5084 }, initialDelaySeconds: 30, periodSeconds: 30, failureThreshold: 3, successThreshold: 1, timeoutSeconds: 1,
  },
  lifecycle: { preStop: { exec: { command: ['sleep', 30 as never] } } },
});

/** The first article's warm-up, as printed. */
const FIRST_ARTICLE = container({ startupProbe: { tcpSocket: { port: 8080 }, successThreshold: 5, periodSeconds: 5 }, lifecycle: { preStop: { exec: { command: ['sleep', '15s'] } } } });

interface Refused {
  readonly name: string;
  readonly options?: GracefulOptions;
  readonly workload?: Workload;
  readonly around?: readonly Manifest[];
  readonly texts: readonly string[];
}

const REFUSED: readonly Refused[] = [
  {
    name: 'what is no Deployment', workload: { ...aWorkload(), kind: 'StatefulSet' },
    texts: ['wrong-kind: kind must be Deployment: what else replaces pods does so by other rules, in other steps: current value is "StatefulSet". Give the Deployment.'],
  },
  { name: 'a negative number of replicas', workload: spec({ replicas: -1 }), texts: [number('spec.replicas', '-1')] },
  { name: 'half a replica', workload: spec({ replicas: 1.5 }), texts: [number('spec.replicas', '1.5')] },
  { name: 'replicas that are no number', workload: spec({ replicas: NaN }), texts: [number('spec.replicas', 'NaN')] },
  { name: 'replicas in quotes', workload: spec({ replicas: '3' as never }), texts: [number('spec.replicas', '"3"', 0, undefined, unquoted)] },
  { name: 'more replicas than an int32 holds', workload: spec({ replicas: 2 ** 31 }), texts: [number('spec.replicas', '2147483648')] },
  { name: 'a grace in quotes', workload: aWorkload({ pod: { containers: [CONTAINER], terminationGracePeriodSeconds: '60' as never } }), texts: [number('terminationGracePeriodSeconds', '"60"', 0, undefined, unquoted)] },
  { name: 'a share in words', workload: spec({ strategy: { rollingUpdate: { maxSurge: 'half' } } }), texts: [share('spec.strategy.rollingUpdate.maxSurge', '"half"')] },
  { name: 'a share in quotes', workload: spec({ strategy: { rollingUpdate: { maxUnavailable: '1' } } }), texts: [share('spec.strategy.rollingUpdate.maxUnavailable', '"1"', unquoted)] },
  {
    name: 'numbers of a probe, a hook and ports', workload: container({ ports: [{ containerPort: 0 }], readinessProbe: { tcpSocket: { port: 80 }, periodSeconds: -5 }, lifecycle: { preStop: { sleep: { seconds: -1 } } } }),
    texts: [number('ports.containerPort of container main', '0', 1, 65535), number('lifecycle.preStop.sleep.seconds of container main', '-1'), number('readinessProbe.periodSeconds of container main', '-5')],
  },
  {
    name: 'numbers of a Service, an autoscaler and a budget', workload: spec({ replicas: undefined }), around: [aService({ ports: [{ port: 70_000 }] }), hpa({ minReplicas: '1', maxReplicas: 5 }), budget('web', { maxUnavailable: '1' })],
    texts: [number('spec.ports.port of Service/web', '70000', 1, 65535), number('spec.minReplicas of HorizontalPodAutoscaler/web', '"1"', 0, undefined, unquoted), part('spec.maxUnavailable of PodDisruptionBudget/web', '"1"', unquoted)],
  },
  { name: 'a pod without containers', workload: aWorkload({ pod: { containers: [] } }), texts: ['no-containers: spec.template.spec.containers must be a list with at least one container: current value is none. Add a container.'] },
  { name: 'a probe without a mechanism', workload: container({ readinessProbe: { periodSeconds: 5 } }), texts: [mechanism('none')] },
  { name: 'a probe with two mechanisms', workload: container({ readinessProbe: { tcpSocket: { port: 80 }, exec: { command: ['true'] } } }), texts: [mechanism('tcpSocket and exec')] },
  { name: 'a probe without a port', workload: container({ readinessProbe: { httpGet: { path: '/' } } }), texts: [port('none')] },
  { name: 'a probe of a port that has no such name', workload: container({ readinessProbe: { httpGet: { port: 'admin' } } }), texts: [port('"admin"')] },
  {
    name: 'a grace of a readiness probe', workload: container({ readinessProbe: { tcpSocket: { port: 80 }, terminationGracePeriodSeconds: 5 } }),
    texts: ['readiness-grace: readinessProbe.terminationGracePeriodSeconds of container main must be absent: a readiness probe ends nothing: current value is 5. Set it on the liveness probe.'],
  },
  {
    name: 'the first article\'s warm-up as printed', workload: FIRST_ARTICLE,
    texts: ['success-threshold: startupProbe.successThreshold of container main must be 1: every API server refuses another: current value is 5. For several successes before the first traffic, use warmUp.'],
  },
  {
    name: 'the second article\'s hook as printed', workload: SECOND_ARTICLE, texts: [
      'wrong-command: lifecycle.preStop of container main must be given a command that is a list of texts: current value is ["sleep",30]. Write numbers in quotes, too.',
    ],
  },
  { name: 'a probe of half a port', workload: container({ readinessProbe: { tcpSocket: { port: 8080.5 } } }), texts: [port('8080.5')] },
  {
    name: 'a gRPC probe of a port by name', workload: container({ readinessProbe: { grpc: { port: 'http' as never } } }),
    texts: ['missing-port: readinessProbe of container main must be given a port from 1 to 65535, as a gRPC probe takes no name: current value is "http". Say which port is asked.'],
  },
  ...(['livenessProbe', 'startupProbe'] as const).map((kind) => ({
    name: `no grace of a ${kind}`, workload: container({ [kind]: { tcpSocket: { port: 80 }, terminationGracePeriodSeconds: 0 } }),
    texts: [number(`${kind}.terminationGracePeriodSeconds of container main`, '0', 1)],
  })),
  {
    name: 'a port without a number', workload: container({ ports: [{ name: 'http' }] }),
    texts: ['missing-port: ports of container main must be given a containerPort each: current value is one without. Say which port the application listens on.'],
  },
  ...[-1, 80.5, NaN, 99_999].map((targetPort) => ({
    name: `a Service that leads to port ${targetPort}`, around: [aService({ ports: [{ port: 80, targetPort }] })],
    texts: [number('spec.ports.targetPort of Service/web', String(targetPort), 1, 65535)],
  })),
  ...['helper', 'sidecar'].flatMap((role): Refused[] => [
    {
      name: `a number in the hook of a ${role}`, workload: beside(role, { exec: { command: ['sleep', 30 as never] } }),
      texts: ['wrong-command: lifecycle.preStop of container side must be given a command that is a list of texts: current value is ["sleep",30]. Write numbers in quotes, too.'],
    },
    {
      name: `a hook of a ${role} that nobody runs`, workload: beside(role, { tcpSocket: { port: 80 } }),
      texts: ['dead-hook: lifecycle.preStop of container side must be sleep, exec or httpGet: the kubelet never runs a tcpSocket hook: current value is {"tcpSocket":{"port":80}}. Remove it.'],
    },
    {
      name: `two hooks of a ${role}`, workload: beside(role, { sleep: { seconds: 5 }, exec: { command: ['sleep', '5'] } }),
      texts: ['hook-mechanism: lifecycle.preStop of container side must be one of sleep, exec and httpGet: current value is {"sleep":{"seconds":5},"exec":{"command":["sleep","5"]}}. '
      + 'A container has one hook: keep one of them.'],
    },
  ]),
  {
    name: 'a budget with both bounds', around: [budget('web', { minAvailable: 1, maxUnavailable: 1 })],
    texts: ['contradicting-fields: spec of PodDisruptionBudget/web must be given minAvailable or maxUnavailable: every API server refuses both: '
    + 'current value is {"minAvailable":1,"maxUnavailable":1}. Keep maxUnavailable.'],
  },
  ...['maxUnavailable', 'minAvailable'].map((field) => ({
    name: `a budget with ${field} above all pods`, around: [budget('web', { maxUnavailable: undefined, [field]: '150%' })],
    texts: [part(`spec.${field} of PodDisruptionBudget/web`, '"150%"')],
  })),
  ...[[{ minReplicas: 2 }, 'none'], [{ maxReplicas: null }, 'none'], [{ maxReplicas: 0 }, '0']].map(([parts, found]) => ({
    name: `an autoscaler with ${JSON.stringify(parts)}`, workload: spec({ replicas: undefined }), around: [hpa(parts as object)],
    texts: [number('spec.maxReplicas of HorizontalPodAutoscaler/web', found as string, 1)],
  })),
  {
    name: 'an autoscaler whose least is more than its most', workload: spec({ replicas: undefined }), around: [hpa({ minReplicas: 9, maxReplicas: 2 })],
    texts: ['contradicting-fields: spec.maxReplicas of HorizontalPodAutoscaler/web must be at least minReplicas, which is 9: current value is 2. Correct the manifest.'],
  },
  {
    name: 'the same of KEDA', workload: spec({ replicas: undefined }),
    around: [{ kind: 'ScaledObject', metadata: { name: 'web' }, spec: { scaleTargetRef: { name: 'web' }, minReplicaCount: 9, maxReplicaCount: 2 } }],
    texts: ['contradicting-fields: spec.maxReplicaCount of ScaledObject/web must be at least minReplicaCount, which is 9: current value is 2. Correct the manifest.'],
  },
  {
    name: 'the same of one that only the author tells', workload: spec({ replicas: undefined }), options: { autoscaler: { minReplicas: 9, maxReplicas: 2 } },
    texts: ['contradicting-options: autoscaler.maxReplicas must be at least minReplicas, which is 9: current value is 2. Correct one of the two.'],
  },
  { name: 'a Service without ports', around: [aService({ ports: [] })], texts: ['missing-port: spec.ports of Service/web must be a list with at least one port: current value is none. Say which port clients use.'] },
  { name: 'a Service with half a port', around: [aService({ ports: [{ targetPort: 80 }] })], texts: ['missing-port: spec.ports of Service/web must be given a port each: current value is one without. Say which port clients use.'] },
  {
    name: 'a Service that leads to no port', around: [aService({ ports: [{ port: 80, targetPort: 'htpp' }] })],
    texts: ['missing-port: spec.ports of Service/web must be a targetPort that a container has: http: current value is \'htpp\'. Name the container\'s port so, or use its number.'],
  },
  {
    name: 'a targetPort in quotes, which is a name', around: [aService({ ports: [{ port: 80, targetPort: '8080' }] })],
    texts: ['missing-port: spec.ports of Service/web must be a targetPort that a container has: http: current value is \'8080\'. Name the container\'s port so, or use its number.'],
  },
  {
    name: 'several ports of a Service, and not each with a name', around: [aService({ ports: [{ port: 80, targetPort: 8080 }, { port: 443, targetPort: 8080, name: 'https' }, { port: 81, targetPort: 8080, name: '' }] })],
    texts: ['missing-name: spec.ports of Service/web must be given a name each: every API server refuses several ports without: current value is none for TCP 80 and TCP 81. '
    + 'Give name in the manifest; in a Service of this library portName, and name in bind().'],
  },
  {
    name: 'two ports of a Service with one name', around: [aService({ ports: [{ port: 80, name: 'http' }, { port: 81, name: 'http' }] })],
    texts: ['contradicting-fields: spec.ports of Service/web must be given a name of its own each: every API server refuses two of one: current value is \'http\' twice. Rename one.'],
  },
  {
    name: 'two ports of a Service with one number', around: [aService({ ports: [{ port: 80, name: 'http' }, { port: 80, protocol: 'TCP', name: 'web' }, { port: 80, protocol: 'UDP', name: 'quic' }] })],
    texts: ['contradicting-fields: spec.ports of Service/web must be given a port and protocol of its own each: every API server refuses two of one: current value is TCP 80 twice. Remove one.'],
  },
  {
    name: 'a selector that does not choose the pods', workload: spec({ selector: { matchLabels: { app: 'wbe' } } }),
    texts: ['contradicting-fields: spec.selector must be of labels that spec.template.metadata.labels has: every API server refuses another: current value is {"matchLabels":{"app":"wbe"}} beside {"app":"web"}. Correct one of the two.'],
  },
  ...(['containers', 'initContainers'] as const).map((list) => ({
    name: `two containers of one name, one of ${list}`, workload: aWorkload({ pod: list === 'containers' ? { containers: [CONTAINER, CONTAINER] } : { containers: [CONTAINER], initContainers: [{ name: 'main' }] } }),
    texts: [`contradicting-fields: spec.template.spec.${list} must be given a name of its own each, init containers too: every API server refuses two of one: current value is 'main' twice. Rename one.`],
  })),
  {
    name: 'two budgets for one pod', around: [budget('one'), budget('two')], texts: [
      'two-disruption-budgets: PodDisruptionBudget must be one for these pods: with several, no pod can be evicted at all: current value is PodDisruptionBudget/one and PodDisruptionBudget/two. '
    + 'Remove all but one; the one of a GracefulDeployment goes with disruptionBudget: false.',
    ],
  },
  {
    name: 'an autoscaler with fixed replicas', around: [hpa({ maxReplicas: 5 })], texts: [
      'replicas-beside-autoscaler: spec.replicas must be absent, as HorizontalPodAutoscaler/web owns the number of replicas: current value is 2. '
    + 'Remove it; on a live Deployment that has it, first give the field up, else it drops to 1 once: where a client applies, by kubectl apply '
    + 'edit-last-applied; where the API server does (as with Pulumi), apply the live number alone by kubectl apply --server-side --field-manager=handover.',
    ],
  },
  {
    name: 'fixed replicas beside an autoscaler that only the author tells', options: { autoscaler: { maxReplicas: 5 } }, texts: [
      'replicas-beside-autoscaler: spec.replicas must be absent, as the option autoscaler says the number of replicas: current value is 2. '
    + 'Remove it; on a live Deployment that has it, first give the field up, else it drops to 1 once: where a client applies, by kubectl apply '
    + 'edit-last-applied; where the API server does (as with Pulumi), apply the live number alone by kubectl apply --server-side --field-manager=handover.',
    ],
  },
];

describe('inputs that must be refused', () => {
  test.each(REFUSED)('$name', ({ options = {}, workload, around = [], texts }) => {
    expect(problemsOf(options, workload, ...around).map((problem) => `${problem.id}: ${problemText(problem)}`)).toEqual(texts);
  });

  test('with everything that is wrong at once', () => {
    const options = untyped({ longestRequestSeconds: '20', marginSeconds: NaN, pace: 'fast', soak: 5, terminationGracePeriodSeconds: 10, maxSurge: '0%', containers: { other: {} } });
    const workload = container({ livenessProbe: { successThreshold: 2 }, lifecycle: { preStop: { tcpSocket: {} } } });
    expect(problemsOf(options, workload, anEniService(), aService({ ports: [{ port: 80, targetPort: 'x' }] }, { name: 'inside' }), budget('one'), budget('two')).map(({ id, field }) => `${id}: ${field}`)).toEqual([
      'wrong-number: longestRequestSeconds', 'wrong-number: marginSeconds', 'wrong-option: pace', 'unknown-option: soak',
      'missing-port: spec.ports of Service/inside', 'two-disruption-budgets: PodDisruptionBudget', 'unknown-container: containers',
      'dead-hook: lifecycle.preStop of container main', 'grace-too-short: terminationGracePeriodSeconds',
      'probe-mechanism: livenessProbe of container main', 'success-threshold: livenessProbe.successThreshold of container main', 'no-step: maxSurge',
    ]);
  });

  test('with everything that needs no number beside a number that is none', () => {
    const helper: Container = { name: 'logs', lifecycle: { preStop: { tcpSocket: {} } } };
    const pod = { containers: [{ ...FIRST_ARTICLE.spec!.template!.spec!.containers![0], livenessProbe: {} }, helper], initContainers: [{ name: 'migrate', readinessProbe: {} }] };
    const options = untyped({ role: 'proxy', warmUp: { successes: 5, endpoint: { path: '/' }, command: ['true'] }, containers: { other: {} }, traffic: [{ service: 'shpo' }] });
    const workload = aWorkload({ pod, spec: { replicas: -1 } });
    const around = [anEniService(), aService({ type: 'LoadBalancer', ports: [{ port: 80, targetPort: 'x' }] }, { name: 'inside' }), hpa({ maxReplicas: 5 }), budget('one'), budget('two')];
    expect(problemsOf(options, workload, ...around).map(({ id, field }) => `${id}: ${field}`)).toEqual([
      'needs-shell: warmUp.command', 'contradicting-options: warmUp', 'wrong-number: spec.replicas',
      'missing-port: spec.ports of Service/inside', 'two-disruption-budgets: PodDisruptionBudget', 'replicas-beside-autoscaler: spec.replicas',
      'contradicting-fields: readinessProbe of init container migrate', 'unknown-service: traffic.service', 'unknown-container: containers', 'ignored-option: role',
      'probe-mechanism: livenessProbe of container main', 'success-threshold: startupProbe.successThreshold of container main', 'dead-hook: lifecycle.preStop of container logs',
    ]);
  });

  test('with all that stands around a pod without containers', () => {
    const workload = aWorkload({ pod: { containers: undefined }, spec: { replicas: -1 } });
    expect(problemsOf({}, workload, aService(), budget('one'), budget('two')).map(({ id, field }) => `${id}: ${field}`)).toEqual([
      'no-containers: spec.template.spec.containers', 'wrong-number: spec.replicas', 'two-disruption-budgets: PodDisruptionBudget',
    ]);
  });
});
