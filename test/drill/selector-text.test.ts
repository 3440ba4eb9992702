import { selectorText } from '../../lib/drill/selector-text';

describe('selectorText', () => {
  test('says every kind of requirement in kubectl\'s words', () => {
    expect(selectorText({
      matchLabels: { app: 'web', tier: 'front' },
      matchExpressions: [
        { key: 'zone', operator: 'In', values: ['a', 'b'] },
        { key: 'track', operator: 'NotIn', values: ['canary'] },
        { key: 'ready', operator: 'Exists' },
        { key: 'old', operator: 'DoesNotExist' },
      ],
    })).toBe('app=web,tier=front,zone in (a,b),track notin (canary),ready,!old');
  });
});
