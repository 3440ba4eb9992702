import type { Manifest } from '../../../lib/core/manifest/types';
import { fulfil, Wish } from '../../../lib/core/apply/patch';

const reason = 'ours';
const wish = (value: unknown, ...path: (string | number)[]): Wish => ({ path, value, reason });

describe(fulfil, () => {
  test.each<[string, Manifest, Wish, object | undefined]>([
    ['adds a field', { spec: {} }, wish(5, 'spec', 'a'), { op: 'add', path: '/spec/a', value: 5, reason }],
    ['replaces a field', { spec: { a: 4 } }, wish(5, 'spec', 'a'), { op: 'replace', path: '/spec/a', value: 5, reason }],
    ['removes a field', { spec: { a: 4 } }, wish(undefined, 'spec', 'a'), { op: 'remove', path: '/spec/a', reason }],
    ['adds the outermost object that is missing', {}, wish(5, 'spec', 'a', 'b'), { op: 'add', path: '/spec', value: { a: { b: 5 } }, reason }],
    ['writes over null, which is no object', { spec: null }, wish(5, 'spec', 'a'), { op: 'add', path: '/spec', value: { a: 5 }, reason }],
    ['replaces null', { spec: { a: null } }, wish(5, 'spec', 'a'), { op: 'replace', path: '/spec/a', value: 5, reason }],
    ['escapes a key', { spec: {} }, wish('x', 'spec', 'a/b~c'), { op: 'add', path: '/spec/a~1b~0c', value: 'x', reason }],
    ['goes into a list', { spec: [{}, {}] }, wish(1, 'spec', 1, 'a'), { op: 'add', path: '/spec/1/a', value: 1, reason }],
    ['leaves what is there', { spec: { a: { b: [1, { c: 2 }], d: 3 } } }, wish({ d: 3, b: [1, { c: 2 }] }, 'spec', 'a'), undefined],
    ['leaves what is not there', { spec: {} }, wish(undefined, 'spec', 'a'), undefined],
    ['tells a list from an object', { spec: { a: {} } }, wish([], 'spec', 'a'), { op: 'replace', path: '/spec/a', value: [], reason }],
    ['tells a longer list', { spec: { a: [1] } }, wish([1, 2], 'spec', 'a'), { op: 'replace', path: '/spec/a', value: [1, 2], reason }],
  ])('%s', (_, manifest, one, patch) => {
    expect(fulfil(manifest, [one]).patches).toEqual(patch ? [patch] : []);
  });

  test('gives back the very manifest where nothing changes', () => {
    const manifest = { spec: { a: 1 } };
    expect(fulfil(manifest, [wish(1, 'spec', 'a')]).manifest).toBe(manifest);
  });

  test('copies each object on the way once, and shares the rest', () => {
    const manifest = { spec: { touched: {}, shared: {} }, metadata: {} };
    const { manifest: result } = fulfil(manifest, [wish(1, 'spec', 'touched', 'a'), wish(2, 'spec', 'touched', 'b')]);
    expect(result).toEqual({ spec: { touched: { a: 1, b: 2 }, shared: {} }, metadata: {} });
    expect([result.spec.shared === manifest.spec.shared, result.metadata === manifest.metadata]).toEqual([true, true]);
    expect(manifest.spec.touched).toEqual({});
  });

  test('never writes into a value that it was given', () => {
    const value = { a: 1 };
    expect(fulfil({}, [wish(value, 'spec'), wish(2, 'spec', 'b')]).manifest).toEqual({ spec: { a: 1, b: 2 } });
    expect(value).toEqual({ a: 1 });
  });
});
