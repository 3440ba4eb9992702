import { Problem, shown } from '../problem';
import type { KnownContainer } from './known-containers';
import type { GracefulOptions } from './options';

/** What speaks of the image, the hook or an endpoint of one application: of another it may not be true. Times may hold for several. */
const OF_ONE_SERVER = ['shell', 'drainEndpoint', 'preStopHook', 'warmUp', 'liveness'] as const;

/** Where several containers take an address or a command from beside `containers`, nothing says whose it is, and it ends the others. */
export function checkOneServer(known: readonly KnownContainer[], options: GracefulOptions, problems: Problem[]): void {
  const servers = known.filter(({ role }) => role === 'serves').map(({ name }) => name);
  for (const option of OF_ONE_SERVER) {
    const value = options[option];
    const takers = servers.filter((name) => options.containers?.[name]?.[option] === undefined);
    if (!value || takers.length < 2) continue;
    problems.push({
      id: 'ambiguous-option', field: option, found: shown(value), wanted: `said of one container, as several serve: ${takers.join(', ')}`,
      remedy: `Say it where it is true: containers: { ${takers[0]}: { ${option}: ... } }; of a container that no client comes to, role: 'helper' instead.`,
    });
  }
}
