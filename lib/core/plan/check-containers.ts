import type { Problem } from '../problem';
import { checkProbes } from './check-probes';
import type { KnownContainer } from './known-containers';
import { checkHook } from './pre-stop';

/**
 * What a container's hook and probes cannot be, whatever its numbers are. The sums of a container look at the same, so this is for where
 * there are none to make.
 */
export function checkContainers(known: readonly KnownContainer[], kept: Readonly<Record<string, string>>, problems: Problem[]): void {
  for (const { container, name } of known) {
    checkHook(container.lifecycle?.preStop ?? undefined, `lifecycle.preStop of container ${name}`, 'preStop' in kept, problems);
    checkProbes(container, name, problems);
  }
}
