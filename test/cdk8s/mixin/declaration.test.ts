import fc from 'fast-check';
import { mergeDeclarations, Precedence } from '../../../lib/cdk8s/mixin/declaration';

const { OWN, NAMED, COMMON } = Precedence;

describe(mergeDeclarations, () => {
  test('lets the nearest win, option by option and Service by Service', () => {
    expect(mergeDeclarations([
      { precedence: COMMON, options: { longestRequestSeconds: 1, soakSeconds: 1, marginSeconds: 1 } },
      { precedence: COMMON, options: { traffic: [{ service: 'a', mode: 'eni' }, { service: 'b' }] } },
      { precedence: NAMED, options: { longestRequestSeconds: 2, soakSeconds: 2 } },
      { precedence: OWN, options: { longestRequestSeconds: 3, traffic: [{ service: 'a', mode: 'local' }] } },
    ])).toEqual({
      options: { longestRequestSeconds: 3, soakSeconds: 2, marginSeconds: 1, traffic: [{ service: 'a', mode: 'local' }, { service: 'b' }] },
      problems: [],
    });
  });

  test('reports what two say differently and equally near', () => {
    const declarations = [1, 2].map((soakSeconds) => ({ precedence: COMMON, options: { soakSeconds } }));
    expect(mergeDeclarations(declarations).problems).toEqual([{
      id: 'contradicting-options',
      field: 'soakSeconds',
      wanted: 'said once for a workload, or equally each time',
      found: '1 and 2',
      remedy: 'Say it in one place: its own construct, or perWorkload of a mixin; both win over what a mixin says for all.',
    }]);
  });

  test('takes keys in another order for the same', () => {
    const declarations = [{ path: '/drain', port: 80, longestSeconds: 5 }, { longestSeconds: 5, port: 80, path: '/drain' }]
      .map((drainEndpoint) => ({ precedence: OWN, options: { drainEndpoint } }));
    expect(mergeDeclarations(declarations).problems).toEqual([]);
  });

  test('puts together what each says of long connections and of a Service', () => {
    const declarations = [
      { longConnection: {}, traffic: [{ service: 'a', delaySeconds: 5 }] },
      { longConnection: { heartbeatSeconds: 5 }, traffic: [{ service: 'a', mode: 'eni' as const }] },
      { longConnection: { longestSessionSeconds: 60, heartbeatSeconds: 5 }, traffic: [{ service: 'a' }] },
    ].map((options) => ({ precedence: OWN, options }));
    for (const some of [declarations, [...declarations].reverse()]) {
      expect(mergeDeclarations(some)).toEqual({
        options: { longConnection: { longestSessionSeconds: 60, heartbeatSeconds: 5 }, traffic: [{ service: 'a', delaySeconds: 5, mode: 'eni' }] }, problems: [],
      });
    }
  });

  test('reports a field of them that two say differently', () => {
    const declarations = [{ heartbeatSeconds: 5 }, { heartbeatSeconds: 6, longestSessionSeconds: 60 }]
      .map((longConnection) => ({ precedence: OWN, options: { longConnection } }));
    expect(mergeDeclarations(declarations).problems.map(({ field, found }) => `${field}: ${found}`))
      .toEqual(['longConnection: {"heartbeatSeconds":5} and {"heartbeatSeconds":6,"longestSessionSeconds":60}']);
  });

  test('accepts contradictions that a nearer one settles', () => {
    const declarations = [1, 2].map((soakSeconds) => ({ precedence: COMMON, options: { soakSeconds } }));
    const settled = { precedence: OWN, options: { soakSeconds: 3 } };
    expect(mergeDeclarations([...declarations, settled])).toEqual({ options: { soakSeconds: 3 }, problems: [] });
  });

  test('does not depend on the order, nor on saying something twice', () => {
    const options = fc.record({
      soakSeconds: fc.constantFrom(1, 2),
      pace: fc.constantFrom('one-by-one' as const, 'half' as const),
      traffic: fc.constantFrom([], [{ service: 'a' }], [{ service: 'a', delaySeconds: 1 }, { service: 'b' }], [{ service: 'a', delaySeconds: 2 }], [{ service: 'a', mode: 'eni' as const }]),
      longConnection: fc.constantFrom({}, { heartbeatSeconds: 1 }, { heartbeatSeconds: 2 }, { longestSessionSeconds: 9 }),
    }, { requiredKeys: [] });
    const declaration = fc.record({ precedence: fc.constantFrom(OWN, NAMED, COMMON), options });
    fc.assert(fc.property(fc.array(declaration, { maxLength: 3 }), (declarations) => {
      const merged = sorted(mergeDeclarations(declarations));
      for (const other of [[...declarations].reverse(), [...declarations, ...declarations]]) {
        expect(merged.contradictions).toEqual(sorted(mergeDeclarations(other)).contradictions);
        if (merged.contradictions.length === 0) expect(sorted(mergeDeclarations(other))).toEqual(merged);
      }
    }));
  });
});

/** A set of options and a set of contradicting fields, made comparable. */
function sorted({ options: { traffic = [], ...rest }, problems }: ReturnType<typeof mergeDeclarations>) {
  const contradictions = [...new Set(problems.map(({ field }) => field))].sort();
  return { rest, traffic: [...traffic].sort((a, b) => a.service < b.service ? -1 : 1), contradictions };
}
