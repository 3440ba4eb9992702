import type { KubectlOptions } from './kubectl';
import { PodLife, WatchedPod, withPodEvent } from './pod-lives';
import { startWatch, Watch } from './watch';

/** Pods being watched. */
export interface PodWatch extends Watch {
  /** What is known of each pod so far, by first sight. */
  lives(): readonly PodLife[];
}

/**
 * Watches the pods that a label selector finds and keeps their lives.
 *
 * @param selector As kubectl takes it: `app=web,tier=front`.
 */
export function watchPods(cluster: KubectlOptions, selector: string): PodWatch {
  let lives: ReadonlyMap<string, PodLife> = new Map();
  const watch = startWatch<WatchedPod>(cluster, { kind: 'pods', selector }, (event) => lives = withPodEvent(lives, event));
  return { ...watch, lives: () => [...lives.values()] };
}
