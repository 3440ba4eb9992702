/** The part of a container that tells how long its preStop hook waits. */
export interface WatchedContainer {
  readonly lifecycle?: {
    readonly preStop?: {
      readonly sleep?: { readonly seconds?: number };
      readonly exec?: { readonly command?: readonly string[] };
      readonly httpGet?: object;
    };
  };
}

/**
 * The longest wait of the containers' preStop hooks: `sleep`, or a command with exactly one `sleep 15` in it.
 *
 * @returns Undefined where no hook waits for a number of seconds, or one of them cannot be read: see `hookIsUnknown`.
 *
 * @example
 * hookSeconds([{ lifecycle: { preStop: { exec: { command: ['sh', '-c', 'nginx -s quit; sleep 15s'] } } } }]); // => 15
 */
export function hookSeconds(containers: readonly WatchedContainer[] = []): number | undefined {
  return hookIsUnknown(containers) ? undefined : Math.max(0, ...containers.map((container) => waitOf(container)!)) || undefined;
}

/** Whether one of the hooks takes a time that does not stand in it: another command, several sleeps, a loop, or a request. */
export function hookIsUnknown(containers: readonly WatchedContainer[] = []): boolean {
  return containers.some((container) => waitOf(container) === undefined);
}

/** Whether some containers wait longer than others, or alone: the longest wait is then not that of each. */
export function hooksDiffer(containers: readonly WatchedContainer[] = []): boolean {
  return new Set(containers.map(waitOf)).size > 1;
}

/** What a script does again and again (where a command begins), or runs that is not told in it (`"$@"`), takes a time of its own. */
const OPEN_ENDED = /(^|[;&|({\n]|\b(do|then|else)\b)\s*(for|while|until)\s|\$[@*]/;

/** Undefined where the hook does not tell; a tcpSocket hook the kubelet never runs. */
function waitOf({ lifecycle }: WatchedContainer): number | undefined {
  const { sleep, exec, httpGet } = lifecycle?.preStop ?? {};
  if (sleep) return sleep.seconds ?? 0;
  if (!exec) return httpGet ? undefined : 0;
  const command = exec.command?.join(' ') ?? '';
  const [wait, ...more] = command.split(/\bsleep\b/).slice(1);
  const seconds = /^\s+(\d+(\.\d+)?)s?(?![\w.])/.exec(wait ?? '')?.[1];
  return seconds === undefined || more.length > 0 || exec.command!.some((word) => OPEN_ENDED.test(word)) ? undefined : Number(seconds);
}
