/** The part of a container that tells how long its preStop hook waits. */
export interface WatchedContainer {
  readonly lifecycle?: {
    readonly preStop?: { readonly sleep?: { readonly seconds?: number }; readonly exec?: { readonly command?: readonly string[] } };
  };
}

/**
 * The longest wait of the containers' preStop hooks, as far as it is a number: `sleep`, or a command with `sleep 15` in it.
 *
 * @returns Undefined where no hook waits for a number of seconds.
 *
 * @example
 * hookSeconds([{ lifecycle: { preStop: { exec: { command: ['sh', '-c', 'nginx -s quit; sleep 15s'] } } } }]); // => 15
 */
export function hookSeconds(containers: readonly WatchedContainer[] = []): number | undefined {
  return Math.max(0, ...containers.map(waitOf)) || undefined;
}

/** Whether some containers wait longer than others, or alone: the longest wait is then not that of each. */
export function hooksDiffer(containers: readonly WatchedContainer[] = []): boolean {
  return new Set(containers.map(waitOf)).size > 1;
}

function waitOf({ lifecycle }: WatchedContainer): number {
  const { sleep, exec } = lifecycle?.preStop ?? {};
  return sleep?.seconds ?? Number(/\bsleep\s+(\d+(\.\d+)?)s?\b/.exec(exec?.command?.join(' ') ?? '')?.[1] ?? 0);
}
