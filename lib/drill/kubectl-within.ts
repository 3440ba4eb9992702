import { DrillError } from './drill-error';
import { kubectl, KubectlOptions } from './kubectl';

/**
 * Ours: an API server gives a request up after 60 s by itself, so what it has not answered by then it will not answer any more.
 * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/ --request-timeout
 */
export const ANSWER_SECONDS = 60;

/**
 * Runs kubectl as `kubectl` does, for so many seconds at most: a server may take a request and never answer it.
 *
 * @param signal Ends it earlier. @default - nobody does
 * @throws {KubectlError} If it fails, or takes longer.
 */
export async function kubectlWithin(
  seconds: number, options: KubectlOptions, args: readonly string[], signal?: AbortSignal,
): Promise<string> {
  const ending = new AbortController();
  const interrupt = () => ending.abort();
  const timer = setTimeout(() => ending.abort(new DrillError(`it had not ended after ${seconds} s, and was ended`)), seconds * 1000);
  if (signal?.aborted) interrupt();
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    return await kubectl(options, args, '', ending.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', interrupt);
  }
}
