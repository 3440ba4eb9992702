import type { KubectlOptions } from './kubectl';
import { hasEnded, isPodOf, PodLife, WatchedPod, withPodEvent } from './pod-lives';
import { startWatch, Watch } from './watch';

/** Pods being watched. */
export interface PodWatch extends Watch {
  /** What is known of each pod so far, by first sight. */
  lives(): readonly PodLife[];
}

/**
 * Watches the pods that a label selector finds and keeps their lives; those that had ended before it told of them are left out.
 *
 * @param selector As kubectl takes it: `app=web,tier=front`.
 * @param deployment Name of the Deployment that they must be of. @default - all that the selector finds
 */
export function watchPods(cluster: KubectlOptions, selector: string, deployment?: string): PodWatch {
  let lives: ReadonlyMap<string, PodLife> = new Map();
  const isMeant = (pod: WatchedPod) => !hasEnded(pod) && (deployment === undefined || isPodOf(deployment, pod));
  const watch = startWatch<WatchedPod>(cluster, { kind: 'pods', selector }, (event) => {
    // Once known it is told of to its end, even if it ends by itself, or its ReplicaSet lets it go.
    if (lives.has(event.object.metadata.uid) || isMeant(event.object)) lives = withPodEvent(lives, event);
  });
  return { ...watch, lives: () => [...lives.values()] };
}
