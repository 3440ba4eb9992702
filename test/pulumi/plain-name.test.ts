import { plainName } from '../../lib/pulumi/plain-name';
import { toldOf } from '../../lib/pulumi/told-of';

const long = 'a'.repeat(64);

describe(plainName, () => {
  test.each([['Deployment', 'web.v1'], ['Deployment', '1web'], ['Deployment', long], ['Service', 'web'], ['Service', 'web-1']] as const)('takes for a %s: %s', (kind, name) => {
    expect(plainName(kind, 'resource', { name })).toBe(name);
    expect(plainName(kind, name, undefined)).toBe(name);
  });

  test.each([['web.'], ['.web'], ['a..b'], ['web-'], ['Web'], [''], ['a'.repeat(254)]])('refuses for a Deployment: %s', (name) => {
    expect(() => plainName('Deployment', 'web', { name })).toThrow('Cannot plan the rollout of Deployment/web:\n'
      + '  - metadata.name must be lower case letters, digits, `-` and `.`, at most 253 of them, each part with a letter or digit at both ends: '
      + `current value is "${name}". Give metadata.name as a plain string; without it the name of the resource is taken.`);
  });

  test.each([['web.v1'], ['1web'], ['-web'], ['web-'], ['Web'], [''], [long]])('refuses for a Service: %s', (name) => {
    expect(() => plainName('Service', 'public', { name })).toThrow('Cannot plan the rollout of Service/public:\n'
      + '  - metadata.name must be lower case letters, digits and `-`, at most 63 of them, a letter first and a letter or digit last: '
      + `current value is "${name}". Give metadata.name as a plain string; without it the name of the resource is taken.`);
  });
});

describe(toldOf, () => {
  test('refuses a name that is too long for the label of its pods', () => {
    const containers = [{ name: 'web', image: 'shop/web:1.4' }];
    expect(() => toldOf(long, { containers })).toThrow(`Cannot plan the rollout of Deployment/${long}:\n`
      + '  - metadata.name must be at most 63 characters beside containers, as it is the label of the pods, too: current value is 64 of them. '
      + 'Give a shorter one, or the whole spec with labels of its own.');
    expect(toldOf(long, { spec: { selector: {}, template: { spec: { containers } } } }).name).toBe(long);
  });
});
