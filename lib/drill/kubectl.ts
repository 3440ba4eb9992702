import { execFile } from 'node:child_process';

/** How to reach a cluster. */
export interface KubectlOptions {
  /** @default - kubectl's own: KUBECONFIG, else ~/.kube/config */
  readonly kubeconfig?: string;
  /** @default - the kubeconfig's current context */
  readonly context?: string;
  /** @default - the context's namespace */
  readonly namespace?: string;
}

/** The arguments that reach the cluster, to be put before all others. */
export function kubectlArguments(options: KubectlOptions): string[] {
  const { kubeconfig, context, namespace } = options;
  return [
    ...(kubeconfig ? ['--kubeconfig', kubeconfig] : []),
    ...(context ? ['--context', context] : []),
    ...(namespace ? ['--namespace', namespace] : []),
  ];
}

/**
 * Runs kubectl and returns what it printed.
 *
 * @param input What it reads from its standard input. @default - nothing
 * @param signal Ends it. @default - it ends by itself
 * @throws {KubectlError} If it fails; the message is what kubectl said.
 */
export function kubectl(options: KubectlOptions, args: readonly string[], input = '', signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile('kubectl', [...kubectlArguments(options), ...args], { maxBuffer: 1 << 28, signal }, (error, stdout, stderr) =>
      error ? reject(new KubectlError(args, stderr.trim() || error.message)) : resolve(stdout));
    child.stdin!.on('error', () => {}); // kubectl may end before it has read everything: its own error says why
    child.stdin!.end(input);
  });
}

/** kubectl failed. */
export class KubectlError extends Error {
  public override readonly name = 'KubectlError';

  /** @param said What kubectl printed as its error. */
  constructor(args: readonly string[], public readonly said: string) {
    super(`Cannot run kubectl ${args.slice(0, 3).join(' ')}: ${said}`);
  }
}
