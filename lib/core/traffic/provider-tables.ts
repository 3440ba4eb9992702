import type { Part } from '../figure';
import type { HealthCheckProfile, IdleTimeoutProfile, ModeProfile, ProviderProfile } from './profile';

/**
 * What is known of each load balancer, as Markdown: one table over all of them, then a section each with its modes, the parts of its
 * delay, what to know, and the sources.
 *
 * @example
 * providerTables([]).split('\n')[0]; // => '| id | load balancer | class | delay | health check | idle timeout | confidence |'
 */
export function providerTables(profiles: readonly ProviderProfile[]): string {
  const overview = table(['id', 'load balancer', 'class', 'delay', 'health check', 'idle timeout', 'confidence'], profiles.map(overviewRow));
  return [overview, ...profiles.map(section)].join('\n\n');
}

const SAID_BY_AUTHOR = 'the author says';

const REMOVED = { 'cut-at-once': 'cut at once', 'lives-with-pod': 'live as long as the pod' };

function overviewRow(profile: ProviderProfile): string[] {
  const { id, name, loadBalancerClass, delay, healthCheck, idleTimeout, confidence } = profile;
  return [
    code(id), name, loadBalancerClass === undefined ? 'none' : code(loadBalancerClass), delay ? `${total(delay)} s` : SAID_BY_AUTHOR,
    healthCheck ? `${healthCheck.intervalSeconds} s x ${healthCheck.healthyThreshold}` : SAID_BY_AUTHOR,
    idleTimeout ? `${idleTimeout.defaultSeconds} s` : 'not known', confidence ?? 'verified',
  ];
}

function section(profile: ProviderProfile): string {
  const { id, name, modes, delay, registration, healthCheck, idleTimeout, backendLabelAnnotation, quota, remarks = [] } = profile;
  const sources = sourcesOf(profile);
  const rows = Object.entries(modes).map(([mode, facts]) => modeRow(mode, facts));
  const facts = [
    ...delay ? [`Delay ${total(delay)} s = ${sum(delay)}.`] : [],
    registration ? `Registration ${total(registration)} s = ${sum(registration)}.` : delay ? 'Registration: the same as the delay.' : 'Registration: the author says.',
    ...healthCheck ? [healthCheckText(healthCheck)] : [],
    ...idleTimeout ? [idleTimeoutText(idleTimeout)] : [],
    ...backendLabelAnnotation ? [`Nodes can be chosen by label: ${code(backendLabelAnnotation)}.`] : [],
    ...quota ? [`Quota: ${quota}.`] : [],
    ...remarks,
  ];
  return [
    `## ${name} (${code(id)})`,
    table(['mode', 'targets', 'source address', 'connections of a removed target', 'drain', 'readiness gate by hand', 'annotations'], rows),
    facts.map((fact) => `- ${fact}`).join('\n'),
    ...sources.length > 0 ? [`Sources: ${sources.map(sourceText).join('; ')}.`] : [],
  ].join('\n\n');
}

function modeRow(mode: string, facts: ModeProfile): string[] {
  const { targets, sourceAddress, removed, drain, annotations } = facts;
  const written = Object.entries(annotations).map(([key, value]) => code(`${key}: "${value}"`));
  return [
    code(mode), targets.replaceAll('-', ' '), sourceAddress, `${REMOVED[removed]}${drain ? `, unless drain is ${drain.cuts ? 'told to cut' : 'on'}` : ''}`,
    drain ? `${drain.minSeconds} to ${drain.maxSeconds} s` : 'no setting',
    gateText(facts), written.join('<br>') || 'none',
  ];
}

function gateText({ readinessGate, gateMeans, injectedGate }: ModeProfile): string {
  if (readinessGate) return `${code(readinessGate('<service>'))}, opens when ${gateMeans}`;
  return injectedGate === undefined ? 'none' : `none; a webhook may add ${code(`${injectedGate}${injectedGate.endsWith('/') ? '...' : ''}`)}`;
}

function healthCheckText(check: HealthCheckProfile): string {
  const [intervals, thresholds] = [check.intervalRange, check.thresholdRange].map((range) => range.join(' to '));
  const place = check.elsewhere === undefined ? '' : ` Not set by annotations but by ${check.elsewhere}.`;
  return `Health check: every ${check.intervalSeconds} s (${intervals}), healthy after ${check.healthyThreshold}, unhealthy after `
    + `${check.unhealthyThreshold} (${thresholds}).${place}`;
}

function idleTimeoutText({ defaultSeconds, range }: IdleTimeoutProfile): string {
  return `Idle timeout: ${defaultSeconds} s${range ? ` (${range.join(' to ')})` : ', fixed'}.`;
}

function sourcesOf({ delay = [], registration = [], healthCheck, idleTimeout, modes }: ProviderProfile): string[] {
  const all = [
    ...[...delay, ...registration].map(({ source }) => source.split(': ')[0]),
    healthCheck?.source, idleTimeout?.source, ...Object.values(modes).flatMap((mode) => [mode.source, mode.drain?.source]),
  ];
  return [...new Set(all.flatMap((source) => source?.split('; ') ?? []))].filter((source) => !source.startsWith('ours'));
}

/** A file of a repository as code, an address as a link. */
function sourceText(source: string): string {
  return source.startsWith('https://') ? `<${source}>` : code(source);
}

function sum(parts: readonly Part[]): string {
  return parts.map(({ label, value, source }) => `${value} (${label}; ${source})`).join(' + ');
}

function total(parts: readonly Part[]): number {
  return parts.reduce((seconds, { value }) => seconds + value, 0);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}
