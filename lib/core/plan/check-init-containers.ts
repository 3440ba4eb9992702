import type { Container, PodSpec } from '../manifest/types';
import { Problem, shown } from '../problem';
import type { Findings } from './finish-routes';
import { minorOf } from './minor-of';
import type { GracefulOptions } from './options';

const OF_SIDECARS = ['lifecycle', 'readinessProbe', 'livenessProbe', 'startupProbe'] as const;
/** The first Kubernetes whose API server and kubelets know sidecars by default (KEP-753). */
const FIRST_MINOR_WITH_SIDECARS = 29;

/** What only a sidecar may have, on an init container that ends; and sidecars on a cluster that does not know them. */
export function checkInitContainers({ initContainers }: PodSpec, { kubernetes }: GracefulOptions, { problems, warnings }: Findings): void {
  for (const container of initContainers ?? []) {
    if (container.restartPolicy !== 'Always') checkEnding(container, problems);
    else if (minorOf(kubernetes) < FIRST_MINOR_WITH_SIDECARS) warnings.push(tooOld(container, kubernetes));
  }
}

function checkEnding(container: Container, problems: Problem[]): void {
  for (const field of OF_SIDECARS) {
    if ((container[field] ?? undefined) === undefined) continue;
    problems.push({
      id: 'contradicting-fields', field: `${field} of init container ${container.name}`, found: shown(container[field]),
      wanted: 'absent, as every API server refuses it on an init container that ends', remedy: 'Remove it, or make the container a sidecar by restartPolicy: Always.',
    });
  }
}

function tooOld({ name }: Container, kubernetes: string | undefined): Problem {
  return {
    id: 'sidecar-needs-version', field: `restartPolicy of init container ${name}`, found: `"Always", and kubernetes '${kubernetes}'`,
    wanted: `used from Kubernetes 1.${FIRST_MINOR_WITH_SIDECARS} on: an older API server drops it, so that the pod waits for ever until this container ends`,
    remedy: 'Upgrade the cluster, or make it an ordinary container with role: \'proxy\' or \'helper\'.',
  };
}
