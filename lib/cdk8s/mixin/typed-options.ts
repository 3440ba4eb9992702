import type { Duration } from 'cdk8s';
import type { GracefulOptions } from '../../core/index';
import { coreOptions } from './core-options';

/**
 * The props of a cdk8s-plus `Deployment` that say something about its rollouts. Read by name, since the classes of two versions
 * of cdk8s-plus do not fit each other's types.
 */
export interface RolloutProps {
  readonly terminationGracePeriod?: Duration;
  readonly minReady?: Duration;
  readonly progressDeadline?: Duration;
  readonly strategy?: object;
}

/** What cdk8s-plus fills in where an author gives only one of the two; who means it says it in `graceful`. */
const DEFAULT_SHARE = '25%';

/**
 * What an author said through the props that cdk8s-plus has already: it counts as much as what stands in `graceful`.
 *
 * @example
 * typedOptions({ minReady: Duration.seconds(10) }); // => { minReadySeconds: 10 }
 */
export function typedOptions(props: RolloutProps): GracefulOptions {
  const { terminationGracePeriod, minReady, progressDeadline, strategy } = props;
  const { maxSurge, maxUnavailable } = rollingUpdateOf(strategy);
  const shares = { maxSurge: said(maxSurge), maxUnavailable: said(maxUnavailable) };
  return coreOptions({ terminationGracePeriod, minReady, progressDeadline, ...shares });
}

interface RollingUpdate {
  readonly maxSurge?: { readonly value: number | string };
  readonly maxUnavailable?: { readonly value: number | string };
}

/** `_toKube` is how cdk8s-plus itself reads a strategy, from version 28 to 34; there is no public way. */
function rollingUpdateOf(strategy: object | undefined): RollingUpdate {
  const kube = (strategy as { _toKube?(): { rollingUpdate?: RollingUpdate } } | undefined)?._toKube?.();
  return kube?.rollingUpdate ?? {};
}

function said(share: { readonly value: number | string } | undefined): number | string | undefined {
  return share?.value === DEFAULT_SHARE ? undefined : share?.value;
}
