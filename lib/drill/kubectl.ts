import { spawn } from 'node:child_process';
import { endGroup } from './end-group';

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
 * @param signal Ends it, with all that it has started; it has ended when this rejects. @default - it ends by itself
 * @throws {KubectlError} If it fails, or is ended; the message is what kubectl said, or that of the signal's reason.
 */
export function kubectl(options: KubectlOptions, args: readonly string[], input = '', signal?: AbortSignal): Promise<string> {
  if (signal?.aborted) return Promise.reject(new KubectlError(args, whyEnded(signal)));
  return new Promise((resolve, reject) => {
    // Away from the terminal's Ctrl-C: whoever is interrupted still has something to put back.
    const child = spawn('kubectl', [...kubectlArguments(options), ...args], { detached: true });
    let printed = '';
    let said = '';
    const end = () => endGroup(child);
    signal?.addEventListener('abort', end, { once: true });
    child.stdout.setEncoding('utf8').on('data', (text: string) => printed += text);
    child.stderr.setEncoding('utf8').on('data', (text: string) => said += text);
    child.on('error', (error) => reject(new KubectlError(args, kubectlFailure(error))));
    child.on('close', (code, killedBy) => {
      signal?.removeEventListener('abort', end);
      if (code === 0) return resolve(printed);
      reject(new KubectlError(args, signal?.aborted ? whyEnded(signal) : said.trim() || `it ended with ${code ?? killedBy}`));
    });
    child.stdin.on('error', () => {}); // kubectl may end before it has read everything: its own error says why
    child.stdin.end(input);
  });
}

/** A signal that nobody gave a reason of their own has a DOMException. */
function whyEnded({ reason }: AbortSignal): string {
  return reason instanceof DOMException ? 'it was interrupted' : (reason as Error).message;
}

/** Why kubectl could not even be started. */
export function kubectlFailure(error: NodeJS.ErrnoException): string {
  return error.code === 'ENOENT' ? 'there is no kubectl: install it, or put its folder into PATH' : error.message;
}

/** kubectl failed. */
export class KubectlError extends Error {
  public override readonly name = 'KubectlError';

  /** @param said What kubectl printed as its error. */
  constructor(args: readonly string[], public readonly said: string) {
    super(`Cannot run kubectl ${args.slice(0, 3).join(' ')}: ${said}`);
  }
}
