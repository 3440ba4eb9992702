import { kubectl, KubectlError } from 'kube-graceful/drill';
import { kubectlWithin } from '../../lib/drill/kubectl-within';

/** What runs in place of kubectl. */
let program: string[] = [];
jest.mock('node:child_process', () => {
  const actual = jest.requireActual<typeof import('node:child_process')>('node:child_process');
  return {
    ...actual,
    spawn: (_: string, args: readonly string[], options: object) => actual.spawn(program[0], [...program.slice(1), ...args], options),
  };
});

const shell = (script: string) => ['sh', '-c', script, 'kubectl'];
const failureOf = (args = ['get', 'deployment', 'web', '-o', 'json'], signal?: AbortSignal) =>
  kubectl({ namespace: 'shop' }, args, '', signal).then(() => undefined, (error: Error) => error);

describe(kubectl, () => {
  test('returns what it printed, reaches the cluster that it is told to, and hands over its input', async () => {
    program = shell('echo "$@"; cat');
    const cluster = { kubeconfig: 'k', context: 'lab', namespace: 'shop' };
    expect(await kubectl(cluster, ['apply', '--filename', '-'], 'kind: Deployment')).toBe(
      '--kubeconfig k --context lab --namespace shop apply --filename -\nkind: Deployment');
  });

  test.each([
    ['it is not there', ['/no/such/kubectl'], 'there is no kubectl: install it, or put its folder into PATH'],
    ['it fails', shell('echo "error: You must be logged in to the server (Unauthorized)" >&2; exit 1'), 'error: You must be logged in to the server (Unauthorized)'],
    ['it fails without a word', shell('exit 7'), 'it ended with 7'],
    ['somebody ends it', shell('kill -9 $$'), 'it ended with SIGKILL'],
  ])('says why it failed where %s', async (_, instead, said) => {
    program = instead;
    const error = await failureOf();
    expect(error).toBeInstanceOf(KubectlError);
    expect(error).toMatchObject({ message: `Cannot run kubectl get deployment web: ${said}`, said });
  });

  test('takes no harm where it ends before it has read its input', async () => {
    program = shell('exit 3');
    await expect(kubectl({}, ['apply'], 'x'.repeat(1_000_000))).rejects.toThrow(new Error('Cannot run kubectl apply: it ended with 3'));
  });

  test('ends when it is told to, with what it has started', async () => {
    program = shell('sleep 61; true');
    const startedAt = Date.now();
    const error = await failureOf(['get', 'pods'], AbortSignal.timeout(100));
    expect(error).toBeInstanceOf(KubectlError);
    expect(error!.message).toBe('Cannot run kubectl get pods: it was interrupted');
    expect(Date.now() - startedAt).toBeLessThan(4000);
  });

  test('does not start when it is told to end before', async () => {
    program = ['/no/such/kubectl'];
    expect(await failureOf(['get', 'pods'], AbortSignal.abort(new Error('no more')))).toEqual(new KubectlError(['get', 'pods'], 'no more'));
  });
});

describe(kubectlWithin, () => {
  test('ends one that takes longer, and says so', async () => {
    program = shell('sleep 61; true');
    await expect(kubectlWithin(0.2, {}, ['get', 'pods'])).rejects.toThrow(new KubectlError(
      ['get', 'pods'], 'it had not ended after 0.2 s, and was ended'));
    await expect(kubectlWithin(60, {}, ['get', 'pods'], AbortSignal.timeout(100))).rejects.toThrow(new KubectlError(['get', 'pods'], 'it was interrupted'));
  });

  test('returns what it printed where it takes less', async () => {
    program = shell('echo pods');
    expect(await kubectlWithin(60, {}, ['get'])).toBe('pods\n');
  });
});
