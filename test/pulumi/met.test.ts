import { Met } from '../../lib/pulumi/met';

describe(Met, () => {
  const met = (...namespaces: readonly (string | undefined)[]) => {
    const all = new Met<number>();
    namespaces.forEach((namespace, index) => all.note('web', namespace, index));
    return all;
  };

  test.each<[readonly (string | undefined)[], string | undefined, object | undefined]>([
    [[], 'shop', undefined],
    [['test'], 'shop', undefined],
    [['shop', 'test'], 'shop', { value: 0, others: 0 }],
    [['shop', undefined], 'shop', { value: 0, others: 0 }],
    [['test', undefined], 'shop', { value: 1, others: 0 }],
    [['shop'], undefined, { value: 0, others: 0 }],
    [['shop', 'test'], undefined, { value: 1, others: 1 }],
    [[undefined, 'test'], undefined, { value: 0, others: 1 }],
  ])('finds among %j for %j: %j', (namespaces, namespace, found) => {
    expect(met(...namespaces).find('web', namespace)).toEqual(found);
    expect(met(...namespaces).find('api', namespace)).toBeUndefined();
  });

  test.each<[readonly (string | undefined)[], string | undefined, readonly number[]]>([
    [['shop', 'shop', 'test', undefined], 'shop', [0, 1]],
    [['shop', undefined, undefined], undefined, [1, 2]],
    [['test', undefined], 'shop', [1]],
    [['shop', 'test'], undefined, [0, 1]],
  ])('finds among %j all that may be in %j: %j', (namespaces, namespace, found) => {
    expect(met(...namespaces).findAll('web', namespace)).toEqual(found);
  });
});
