import { nowMs } from './now-ms';
import type { WatchEvent } from './watch';

interface Told<T> {
  readonly object: T;
  readonly version?: string;
  /** Whether it was told since the watch began, or began again. */
  readonly seen: boolean;
}

/** The objects of a watch, so that one that is begun again tells only what is new. */
export class WatchedObjects<T> {
  private told = new Map<string, Told<T>>();

  public constructor(private readonly onEvent: (event: WatchEvent<T>) => void) {}

  /** How many there were when the watch began again that nobody has told of since. */
  public get unseen(): number {
    return [...this.told.values()].filter(({ seen }) => !seen).length;
  }

  /** Hands on what is new: another object, another version of it, or its end. */
  public readonly take = (event: WatchEvent<T>): void => {
    const { metadata: { uid, resourceVersion: version } = {} } = event.object as { metadata?: { uid?: string; resourceVersion?: string } };
    if (uid === undefined) return this.onEvent(event);
    const known = this.told.get(uid);
    if (event.type === 'DELETED') this.told.delete(uid);
    else this.told.set(uid, { object: event.object, version, seen: true });
    if (event.type !== 'DELETED' && known && version !== undefined && known.version === version) return;
    this.onEvent(known && event.type === 'ADDED' ? { ...event, type: 'MODIFIED' } : event);
  };

  /** The watch begins again: it tells first of all that is still there. */
  public again(): void {
    this.told = new Map([...this.told].map(([uid, known]) => [uid, { ...known, seen: false }]));
  }

  /** Tells the end of those that were not told again and are not among these uids: a uid never comes back. */
  public missing(uids: ReadonlySet<string>): void {
    for (const [uid, { object, seen }] of this.told) {
      if (!seen && !uids.has(uid)) this.take({ type: 'DELETED', object, seenAtMs: nowMs() });
    }
  }
}
