import type { ClusterChange, ClusterChangeKind } from './cluster-change';
import type { WatchEvent } from './watch';

/** The part of an EndpointSlice that is read. */
export interface WatchedSlice {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly endpoints?: readonly {
    readonly addresses: readonly string[];
    readonly conditions?: { readonly ready?: boolean; readonly serving?: boolean; readonly terminating?: boolean };
    readonly targetRef?: { readonly kind?: string; readonly name?: string };
  }[] | null;
}

/** What each slice said last: by slice, then by pod. */
export type KnownEndpoints = ReadonlyMap<string, ReadonlyMap<string, EndpointState>>;

interface EndpointState {
  readonly serving: boolean;
  readonly terminating: boolean;
}

/** What one event of an EndpointSlice changed, and what is known after it; nothing given is changed. */
export function endpointChanges(
  known: KnownEndpoints, event: WatchEvent<WatchedSlice>,
): { known: KnownEndpoints; changes: ClusterChange[] } {
  const { name, labels } = event.object.metadata;
  const before = known.get(name) ?? new Map<string, EndpointState>();
  const after = event.type === 'DELETED' ? new Map<string, EndpointState>() : statesOf(event.object);
  const service = `Service/${labels?.['kubernetes.io/service-name'] ?? name}`;
  const change = (pod: string, kind: ClusterChangeKind, words: string): ClusterChange =>
    ({ atMs: event.seenAtMs, kind, pod, text: `${service}: the endpoint of ${pod} ${words}` });
  const changes = [...new Set([...before.keys(), ...after.keys()])].flatMap((pod) => {
    const was = before.get(pod);
    const is = after.get(pod);
    if (!is) return [change(pod, 'endpoint-removed', 'was removed')];
    return [
      ...(is.terminating && !was?.terminating ? [change(pod, 'endpoint-terminating', 'is terminating')] : []),
      ...(is.serving && !was?.serving ? [change(pod, 'endpoint-serving', 'is serving')] : []),
      ...(!is.serving && was?.serving ? [change(pod, 'endpoint-not-serving', 'serves no more')] : []),
    ];
  });
  return { known: new Map([...known, [name, after]]), changes };
}

function statesOf(slice: WatchedSlice): Map<string, EndpointState> {
  const states = new Map<string, EndpointState>();
  for (const { conditions = {}, targetRef } of slice.endpoints ?? []) {
    if (targetRef?.kind !== 'Pod' || !targetRef.name) continue;
    // An API server may leave conditions out: `ready` then means true, and `serving` is `ready`.
    const serving = conditions.serving ?? conditions.ready ?? true;
    states.set(targetRef.name, { serving, terminating: conditions.terminating ?? false });
  }
  return states;
}
