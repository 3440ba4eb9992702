import { PlanRefusedError } from '../core/index';
import type { BalancerMode, Problem, Service, Workload } from '../core/index';
import type { LoadBalancerServiceArgs } from './load-balancer-service-args';
import type { Told } from './plan-deployment';
import { plainName } from './plain-name';
import { whenKnown } from './when-known';

/** The Service as its author wants it, without the plan; Outputs may be anywhere but in its name. */
export function serviceManifest(resourceName: string, args: LoadBalancerServiceArgs, mode: BalancerMode): Service {
  const name = plainName('Service', resourceName, args.metadata);
  const { told } = args.deployment;
  const namespace = args.metadata?.namespace ?? told.workload.metadata?.namespace;
  const metadata = { ...args.metadata, name, ...namespace !== undefined && { namespace } };
  const ours = { type: 'LoadBalancer', selector: selectorOf(told, name), ...args.port !== undefined && { ports: [portOf(name, args)] } };
  const spec = whenKnown<{ spec: Service['spec'] }, object>({ spec: args.spec ?? {} }, (known, inputs) => {
    const problems = known.spec ? specProblems(known.spec, mode, name) : [];
    if (problems.length > 0) throw new PlanRefusedError(`Service/${name}`, problems);
    return { ...inputs.spec, ...ours };
  });
  return { apiVersion: 'v1', kind: 'Service', metadata, spec: spec as Service['spec'] } as Service;
}

function specProblems(spec: NonNullable<Service['spec']>, mode: BalancerMode, name: string): readonly Problem[] {
  const problems: Problem[] = [];
  for (const field of ['type', 'selector'] as const) {
    if (!(field in spec) || (field === 'type' && spec.type === 'LoadBalancer')) continue;
    problems.push({
      id: 'contradicting-options', field: `spec.${field}`, found: JSON.stringify(spec[field]), remedy: 'Leave it out.',
      wanted: field === 'type' ? 'absent, or \'LoadBalancer\'' : 'absent: it is that of the deployment',
    });
  }
  if (mode === 'cluster' && spec.externalTrafficPolicy === 'Local') {
    problems.push({
      id: 'contradicting-options', field: 'spec.externalTrafficPolicy', wanted: 'absent, or \'Cluster\'', found: '\'Local\'',
      remedy: `Leave it out, or make Service/${name} a LocalLoadBalancerService.`,
    });
  }
  return problems;
}

/** What the deployment selects its pods by; a Service knows labels only. */
function selectorOf({ workload }: Told, name: string) {
  return whenKnown<Workload, Readonly<Record<string, string>>>(workload, (known) => {
    const labels = known.spec?.selector?.matchLabels ?? {};
    if (Object.keys(labels).length > 0) return { ...labels };
    throw new PlanRefusedError(`Service/${name}`, [{
      id: 'no-labels', field: 'spec.selector.matchLabels of the deployment', found: 'none',
      wanted: 'a label at least, as a Service selects by labels alone', remedy: 'Give the deployment\'s selector a label.',
    }]);
  });
}

function portOf(name: string, { deployment, port, targetPort, portName, protocol }: LoadBalancerServiceArgs): object {
  return {
    ...portName !== undefined && { name: portName },
    port,
    ...protocol !== undefined && { protocol },
    targetPort: targetPort
      ?? whenKnown<Ported, number>({ workload: deployment.told.workload, port }, (known) => targetPortOf(name, known)),
  };
}

interface Ported {
  readonly workload: Workload;
  readonly port: number;
}

function targetPortOf(name: string, { workload, port }: Ported): number {
  const containers = workload.spec?.template?.spec?.containers ?? [];
  const declared = [...new Set(containers.flatMap((container) => container.ports ?? []).flatMap(({ containerPort }) => containerPort ?? []))];
  if (declared.includes(port)) return port;
  if (declared.length === 1) return declared[0];
  throw new PlanRefusedError(`Service/${name}`, [{
    id: 'missing-target-port', field: 'targetPort', wanted: `given where the containers declare neither port ${port} nor exactly one port`,
    found: `not set, and they declare ${declared.length === 0 ? 'no port' : declared.join(', ')}`,
    remedy: 'Set targetPort to the port that the application listens on.',
  }]);
}
