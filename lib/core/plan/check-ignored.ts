import { Problem, shown } from '../problem';
import type { Findings } from './finish-routes';
import type { KnownContainer } from './known-containers';
import type { ContainerOptions, GracefulOptions, TrafficMode, TrafficOptions } from './options';

/** Of a container that no client comes to, nothing but its own end is planned. */
const OF_SERVERS = ['longestRequestSeconds', 'closeNoticeSeconds', 'warmUp', 'liveness'] as const;
/** Options of a load balancer do nothing where there is none that we know. */
const OF_A_BALANCER = ['provider', 'healthCheck', 'backendLabel', 'readinessGate', 'keepsOpenConnections'] as const;
/** An ingress registers pods and forgets silent connections, as a load balancer does. */
const OF_A_WAY_IN = [...OF_A_BALANCER, 'idleTimeoutSeconds', 'registrationSeconds'] as const;
/** Where the targets are nodes, no pod is registered. */
const OF_POD_TARGETS = ['readinessGate', 'registrationSeconds'] as const;

/** An option that the plan has no use for: an author who gave it expects something of it. */
function ignored(field: string, value: unknown, why: string, remedy = 'Leave it out.'): Problem {
  return { id: 'ignored-option', field, wanted: `absent, as ${why}`, found: shown(value), remedy };
}

/** Options that would do nothing: refused where they are given for one container, told where they may be given for many workloads. */
export function checkIgnored(known: readonly KnownContainer[], options: GracefulOptions, { problems, warnings }: Findings): void {
  if (options.role !== undefined) {
    problems.push(ignored('role', options.role, 'a pod has containers of several roles', 'Say it of the container: containers: { <name>: { role: ... } }.'));
  }
  for (const { name, role } of known) {
    const own = options.containers?.[name] ?? {};
    checkContainer(name, role, own, problems);
    if (role === 'helper' && own.role === undefined) warnings.push(assumedRole(name));
  }
  if (options.drainSeconds !== undefined && known.every(({ role }) => role === 'serves')) {
    warnings.push(ignored(
      'drainSeconds', options.drainSeconds, 'no container here is a proxy, a helper or a sidecar', 'What serves drains for closeNoticeSeconds and longestRequestSeconds.',
    ));
  }
}

/** What the application needs to its end would be gone by then: a proxy to the database, an agent that has the secrets. */
function assumedRole(name: string): Problem {
  return {
    id: 'assumed-role', field: `role of container ${name}`, found: 'nothing, so \'helper\' is assumed', wanted: 'said in containers, as it declares no port',
    remedy: 'A helper gets SIGTERM first, while the application still serves: say role: \'proxy\' where the application needs it to the end, else \'helper\'.',
  };
}

function checkContainer(name: string, role: KnownContainer['role'], own: ContainerOptions, problems: Problem[]): void {
  if (role === 'serves') {
    if (own.drainSeconds === undefined) return;
    problems.push(ignored(
      `containers.${name}.drainSeconds`, own.drainSeconds, 'it serves', 'Give closeNoticeSeconds and longestRequestSeconds, which its drain is made of, or its role.',
    ));
    return;
  }
  const remedy = `Leave it out${role === 'sidecar' ? '' : ', or say role: \'serves\''}.`;
  for (const option of role === 'proxy' ? OF_SERVERS : [...OF_SERVERS, 'drainEndpoint'] as const) {
    if (own[option] !== undefined) problems.push(ignored(`containers.${name}.${option}`, own[option], `no client comes to a ${role}: its end is its drainSeconds`, remedy));
  }
}

/** The same of one way to the pods, once its mode is known. What is of no use in a mode may be there for the comparison with others. */
export function checkIgnoredTraffic(entry: TrafficOptions, mode: TrafficMode, { problems, warnings }: Findings): void {
  const field = (option: string) => `traffic.${option} of Service/${entry.service}`;
  if (mode === 'cluster') {
    for (const option of OF_POD_TARGETS) {
      if (entry[option] !== undefined) warnings.push(ignored(field(option), entry[option], 'the targets of mode \'cluster\' are nodes, which a roll does not change'));
    }
  }
  if (mode === 'eni' && entry.backendLabel !== undefined) {
    warnings.push(ignored(field('backendLabel'), entry.backendLabel, 'the targets of mode \'eni\' are pods, on whichever node'));
  }
  if (mode !== 'in-cluster' && mode !== 'ingress') return;
  for (const option of mode === 'in-cluster' ? OF_A_WAY_IN : OF_A_BALANCER) {
    if (entry[option] === undefined) continue;
    problems.push(ignored(field(option), entry[option], `mode '${mode}' has no load balancer of its own`, 'Leave it out, or correct the mode.'));
  }
}
