import { nowMs } from '../now-ms';
import type { NeverReadyAction } from './action-options';
import type { Stage } from './stage';

/** Port 1 (tcpmux, RFC 1078) has had no server for decades. */
const NOBODY_LISTENS = { tcpSocket: { port: 1 }, periodSeconds: 1 };

/** Rolls out a version whose first container is never ready, as its probe asks a port where nobody listens, and takes it back. */
export async function playNeverReady({ forSeconds = 20 }: NeverReadyAction, stage: Stage): Promise<void> {
  const old = new Set(stage.pods().map(({ uid }) => uid));
  stage.onUndo(`${stage.name} has its old template back`, stage.restoring('template'));
  await stage.patch('json', [{ op: 'add', path: '/spec/template/spec/containers/0/readinessProbe', value: NOBODY_LISTENS }]);
  await stage.until('a new pod', () => stage.pods().some(({ uid }) => !old.has(uid)));
  const enoughAtMs = nowMs() + forSeconds * 1000;
  await stage.until('the version that is never ready', () => nowMs() >= enoughAtMs);
  return stage.settled(await stage.patch('json', [{ op: 'replace', path: '/spec/template', value: stage.before.spec.template }]));
}
