import { endpointChanges, KnownEndpoints, WatchedSlice } from '../../lib/drill/endpoints';
import type { WatchEvent } from '../../lib/drill/watch';

type Conditions = NonNullable<NonNullable<WatchedSlice['endpoints']>[number]['conditions']>;

const slice = (...pods: [name: string, conditions?: Conditions][]): WatchedSlice => ({
  metadata: { name: 'web-x7k', labels: { 'kubernetes.io/service-name': 'web' } },
  endpoints: pods.map(([name, conditions]) => ({ addresses: ['10.244.1.4'], targetRef: { kind: 'Pod', name }, ...(conditions && { conditions }) })),
});

const textsOf = (...events: Omit<WatchEvent<WatchedSlice>, 'seenAtMs'>[]): string[] => {
  let known: KnownEndpoints = new Map();
  return events.flatMap((event, i) => {
    const step = endpointChanges(known, { ...event, seenAtMs: i });
    known = step.known;
    return step.changes.map(({ atMs, kind, text }) => `${atMs} ${kind}: ${text}`);
  });
};

describe('endpointChanges', () => {
  test('follows an endpoint from its first traffic to its removal', () => {
    expect(textsOf(
      { type: 'ADDED', object: slice(['web-1', { ready: false, serving: false, terminating: false }]) },
      { type: 'MODIFIED', object: slice(['web-1', { ready: true, serving: true, terminating: false }]) },
      { type: 'MODIFIED', object: slice(['web-1', { ready: true, serving: true, terminating: false }]) },
      { type: 'MODIFIED', object: slice(['web-1', { ready: false, serving: true, terminating: true }]) },
      { type: 'MODIFIED', object: slice(['web-1', { ready: false, serving: false, terminating: true }]) },
      { type: 'MODIFIED', object: slice() },
    )).toEqual([
      '1 endpoint-serving: Service/web: the endpoint of web-1 is serving',
      '3 endpoint-terminating: Service/web: the endpoint of web-1 is terminating',
      '4 endpoint-not-serving: Service/web: the endpoint of web-1 serves no more',
      '5 endpoint-removed: Service/web: the endpoint of web-1 was removed',
    ]);
  });

  test('takes conditions that are left out as ready, and a deleted slice as empty', () => {
    expect(textsOf({ type: 'ADDED', object: slice(['web-1']) }, { type: 'DELETED', object: slice(['web-1']) })).toEqual([
      '0 endpoint-serving: Service/web: the endpoint of web-1 is serving',
      '1 endpoint-removed: Service/web: the endpoint of web-1 was removed',
    ]);
  });

  test('leaves out what is no pod', () => {
    const object: WatchedSlice = { metadata: { name: 'x' }, endpoints: [{ addresses: ['10.0.0.1'] }, { addresses: [], targetRef: { kind: 'Node', name: 'n' } }] };
    expect(textsOf({ type: 'ADDED', object }, { type: 'ADDED', object: { ...object, endpoints: null } })).toEqual([]);
  });
});
