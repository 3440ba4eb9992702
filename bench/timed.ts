/** What one run of a case took. */
export interface Sample {
  /** Processor time of the process, which other work on the machine hardly changes. */
  readonly milliseconds: number;
  /** Size of what came out, as YAML or as JSON. */
  readonly bytes: number;
}

/** Measures what makes some output. */
export function timed(work: () => unknown): Sample {
  const start = process.cpuUsage();
  const output = work();
  const { user, system } = process.cpuUsage(start);
  return { milliseconds: (user + system) / 1000, bytes: Buffer.byteLength(typeof output === 'string' ? output : JSON.stringify(output)) };
}
