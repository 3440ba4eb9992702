import type { Duration } from 'cdk8s';
import type { GracefulOptions } from '../../core/index';
import type { GracefulProps } from './graceful-props';

/** Fractions of a second go on to the core, which refuses them together with everything else that is wrong. */
const WITH_FRACTIONS = { integral: false };

/** Every prop that is a `Duration`, on whichever level: none of these names has another meaning on another one. */
const TIMES: ReadonlySet<string> = new Set([
  'longestRequest', 'closeNotice', 'drain', 'slowestStart', 'longest', 'period', 'timeout', 'terminationGracePeriod', 'margin', 'longestSession', 'handOver',
  'heartbeat', 'delay', 'registration', 'interval', 'idleTimeout', 'ceiling', 'soak', 'minReady', 'progressDeadline', 'schedule',
]);

/** A time without a unit, as JavaScript lets an author write it: the core refuses it where it stands, and prints what was given. */
class Unitless {
  constructor(private readonly given: unknown) {}

  public toJSON(): unknown {
    return this.given;
  }
}

/**
 * The options of the core for props in cdk8s' words: each `Duration` becomes seconds, and its name gets the unit. A number or a text in
 * its place is never taken for seconds.
 *
 * @example
 * coreOptions({ longestRequest: Duration.minutes(1), pace: 'half' }); // => { longestRequestSeconds: 60, pace: 'half' }
 */
export function coreOptions(props: GracefulProps): GracefulOptions {
  return converted(props) as GracefulOptions;
}

/** What begins a field of a manifest, which keeps its name: the spec, an annotation, a probe or a hook that stands in a container. */
const OF_A_MANIFEST = /^\/?(spec|kube-graceful\/keep|readinessProbe|livenessProbe|startupProbe|lifecycle)\b/;

/**
 * Text about options of the core in cdk8s' words. Fields of a manifest keep their names: they begin with `spec`, an annotation's prefix, a
 * probe or `lifecycle`.
 *
 * @example
 * inPropNames('longestRequestSeconds must fit spec.minReadySeconds'); // => 'longestRequest must fit spec.minReadySeconds'
 */
export function inPropNames(text: string): string {
  return text.replace(/[\w.[\]/-]*[a-z]Seconds\b/g, (name) => OF_A_MANIFEST.test(name) ? name : name.slice(0, -'Seconds'.length));
}

function converted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(converted);
  const result: Record<string, unknown> = {};
  for (const key in value) {
    const entry: unknown = value[key as keyof typeof value];
    if (isDuration(entry)) result[`${key}Seconds`] = entry.toSeconds(WITH_FRACTIONS);
    else if (typeof entry !== 'object' && entry !== undefined && TIMES.has(key)) result[`${key}Seconds`] = new Unitless(entry);
    else if (entry !== undefined) result[key] = converted(entry);
  }
  return result;
}

/** Not `instanceof`: an app may have two copies of cdk8s. */
function isDuration(value: unknown): value is Duration {
  return typeof value === 'object' && value !== null && typeof (value as Partial<Duration>).toSeconds === 'function';
}
