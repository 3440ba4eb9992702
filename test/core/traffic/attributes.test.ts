import fc from 'fast-check';
import { mergeAttributes, readAttributes } from '../../../lib/core/traffic/attributes';

const word = fc.stringMatching(/^[a-z][a-z._]{0,8}$/);
const attributes = fc.dictionary(word, fc.stringMatching(/^[a-z0-9=]{1,5}$/), { maxKeys: 5 });
const joined = attributes.map((pairs) => Object.entries(pairs).map(([key, value]) => `${key}=${value}`).join(','));

describe(readAttributes, () => {
  test('takes spaces, empty pairs, text without a value and the last of equal keys', () => {
    expect([...readAttributes(' a = 1 ,, b=x=y,plain,=z,a=2 ')]).toEqual([['a', '2'], ['b', 'x=y']]);
    expect(readAttributes(undefined).size).toBe(0);
  });
});

describe(mergeAttributes, () => {
  test('leaves text alone that says so already', () => {
    expect(mergeAttributes('b=2 , a=1', { a: '1' })).toBe('b=2 , a=1');
  });

  test('keeps what it does not understand', () => {
    expect(mergeAttributes('plain,a=1', { a: '2' })).toBe('plain,a=2');
  });

  test('keeps each attribute of others, sets each of ours, and is done after one time', () => {
    fc.assert(fc.property(joined, attributes, (text, changes) => {
      const merged = mergeAttributes(text, changes);
      expect(Object.fromEntries(readAttributes(merged))).toEqual({ ...Object.fromEntries(readAttributes(text)), ...changes });
      expect(mergeAttributes(merged, changes)).toBe(merged);
    }));
  });
});
