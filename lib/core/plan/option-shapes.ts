import { parseIntOrPercent } from '../budget/fenceposts';
import { PLATFORMS, tryFindPlatform } from '../budget/ceilings';

/** What an option may be. */
export type Shape = NumberShape | LeafShape | ObjectShape | ListShape | NamedShape | EitherShape;

/** A whole number of its unit. */
export interface NumberShape { readonly kind: 'number'; readonly least: number; readonly most: number }
/** Any other value without parts. */
export interface LeafShape { readonly kind: 'leaf'; readonly id: string; readonly wanted: string; readonly remedy: string; readonly accepts: (value: unknown) => boolean }
export interface ObjectShape { readonly kind: 'object'; readonly fields: Readonly<Record<string, Shape>>; readonly required: readonly string[] }
export interface ListShape { readonly kind: 'list'; readonly of: Shape }
/** An object whose keys are the author's own names. */
export interface NamedShape { readonly kind: 'named'; readonly of: Shape }
/** A text, or an object. */
export interface EitherShape { readonly kind: 'either'; readonly text: Shape; readonly object: Shape }

/** A year. ours: a longer time is a mistake of unit; it also keeps every sum far from the limits of Kubernetes' integers. */
const LONGEST_SECONDS = 31_536_000;
/** An hour. ours: nothing that is repeated is further apart, and so many times an hour stays within Kubernetes' integers. */
const LONGEST_PERIOD_SECONDS = 3600;
/** ours: more successes, failures or nodes are a mistake. */
const MOST = 10_000;
/** Of Kubernetes' int32 fields. */
const INT32_MAX = 2_147_483_647;

const seconds = (least: number): NumberShape => ({ kind: 'number', least, most: LONGEST_SECONDS });
const period: NumberShape = { kind: 'number', least: 1, most: LONGEST_PERIOD_SECONDS };
const replicas = (least: number): NumberShape => ({ kind: 'number', least, most: INT32_MAX });
const count = (least: number): NumberShape => ({ kind: 'number', least, most: MOST });

function leaf(wanted: string, accepts: LeafShape['accepts'], remedy = 'Give one of these, or leave it out.', id = 'wrong-option'): LeafShape {
  return { kind: 'leaf', id, wanted, accepts, remedy };
}

const listed = (words: readonly string[]) => `one of ${words.map((word) => `'${word}'`).join(', ')}`;
const words = (...all: string[]): LeafShape => leaf(listed(all), (value) => all.includes(value as string));
const flag = leaf('true or false', (value) => typeof value === 'boolean');
const text = leaf('a text that is not empty', (value) => typeof value === 'string' && value !== '');
const command = leaf('a list of texts, at least one', (value) => Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === 'string'));
const version = leaf('a version such as \'1.30\'', (value) => typeof value === 'string' && /^1\.\d{1,3}$/.test(value), 'Give the older of control plane and nodes, or leave it out.');
const port = leaf('a port number from 1 to 65535, or the name of a port', isPort);
const maxSurge = leaf('a whole number >= 0, or a percentage such as \'25%\'', (value) => shareOf(value) <= INT32_MAX);
const maxUnavailable = leaf('a whole number >= 0, or a percentage from \'0%\' to \'100%\'', (value) => shareOf(value) <= (typeof value === 'string' ? 100 : INT32_MAX));
const labels = leaf(
  'labels as key=value, separated by commas, such as \'pool=web,zone=a\'', isLabels, 'Give the labels that the nodes carry, without blanks, or leave it out.',
);
const platform = leaf(listed(PLATFORMS.map(({ id }) => id)), (value) => tryFindPlatform(value as string) !== undefined, 'Give { name, ceilingSeconds } for any other.', 'unknown-platform');

/** NaN, which is no share, is not below any limit. */
function shareOf(value: unknown): number {
  return parseIntOrPercent(value)?.value ?? NaN;
}

function isPort(value: unknown): boolean {
  if (typeof value === 'string') return /^(?=.*[a-z])[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/.test(value);
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535;
}

/** A label's name and value, each of 63 characters at most. */
const NAME = '[A-Za-z0-9](?:[\\w.-]{0,61}[A-Za-z0-9])?';
/** As Kubernetes has it: the key may have a prefix, which is a DNS name of 253 characters at most; the value may be empty. */
const LABEL = new RegExp(`^(?:(?=[^/]{1,253}/)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?/)?${NAME}=(?:${NAME})?$`);

function isLabels(value: unknown): boolean {
  return typeof value === 'string' && value.split(',').every((label) => LABEL.test(label));
}

function object(required: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>> = {}): ObjectShape {
  return { kind: 'object', fields: { ...required, ...optional }, required: Object.keys(required) };
}

const list = (of: Shape): ListShape => ({ kind: 'list', of });

const CONTAINER: Readonly<Record<string, Shape>> = {
  longestRequestSeconds: seconds(0), closeNoticeSeconds: seconds(0), drainSeconds: seconds(0), slowestStartSeconds: seconds(0),
  onSigterm: words('drains', 'exits', 'ignores'), role: words('serves', 'proxy', 'helper'), shell: flag,
  drainEndpoint: object({ path: text, port, longestSeconds: seconds(0) }),
  preStopHook: object({ runs: words('before-wait', 'after-wait'), longestSeconds: seconds(0) }),
  warmUp: object({ successes: { kind: 'number', least: 2, most: 100 } }, {
    periodSeconds: period, endpoint: object({ path: text }, { port }), command, holds: words('traffic', 'rollout'),
  }),
  liveness: object({}, {
    path: text, port, periodSeconds: period, failureThreshold: count(1), timeoutSeconds: period, terminationGracePeriodSeconds: seconds(1),
  }),
};

const TRAFFIC = object({ service: text }, {
  mode: words('in-cluster', 'cluster', 'local', 'eni', 'ingress'), provider: text, backendLabel: labels, readinessGate: flag, keepsOpenConnections: flag,
  delaySeconds: seconds(0), registrationSeconds: seconds(0), idleTimeoutSeconds: seconds(1),
  healthCheck: object({}, { intervalSeconds: period, healthyThreshold: count(1), unhealthyThreshold: count(1) }),
});

/** Every option of `GracefulOptions`: a name that is not here at its own place is a mistake. */
export const OPTIONS: ObjectShape = object({}, {
  ...CONTAINER,
  containers: { kind: 'named', of: object({}, CONTAINER) },
  injectedSidecars: list(object({ name: text, drainSeconds: seconds(0) }, { native: flag })),
  longConnection: object({}, { longestSessionSeconds: seconds(1), handOverSeconds: seconds(1), heartbeatSeconds: seconds(1) }),
  traffic: list(TRAFFIC),
  autoscaler: object({ maxReplicas: replicas(1) }, { minReplicas: replicas(0) }),
  platforms: list({ kind: 'either', text: platform, object: object({ name: text, ceilingSeconds: seconds(0) }) }),
  inPlace: object({ nodeLabel: object({ key: text, value: text }), nodes: count(1) }, { required: flag }),
  kubernetes: version, pace: words('one-by-one', 'half'), maxSurge, maxUnavailable, spread: flag, defaultReadinessProbe: flag,
  marginSeconds: seconds(0), soakSeconds: seconds(0), scheduleSeconds: seconds(0),
  minReadySeconds: seconds(0), progressDeadlineSeconds: seconds(1), terminationGracePeriodSeconds: seconds(1),
});

/** ours: what Kubernetes carries is far below. */
const crowd: NumberShape = { kind: 'number', least: 1, most: 100_000 };

/** Every fact of `ComparisonFacts`; which providers there are, whoever compares knows. */
export const FACTS: ObjectShape = object({}, { provider: leaf('a provider', () => true), keepsSourceAddress: flag, nodes: crowd, loadBalancers: crowd });
