import { PlanRefusedError, problemText, shown } from '../../lib/core/problem';

const problem = { id: 'soak', field: 'soakSeconds', wanted: 'a whole number >= 0', found: '-1', remedy: 'Leave it out for no soak.' };

describe(problemText, () => {
  test('says field, demand, value and remedy', () => {
    expect(problemText(problem)).toBe('soakSeconds must be a whole number >= 0: current value is -1. Leave it out for no soak.');
  });
});

describe(shown, () => {
  test.each([
    [NaN, 'NaN'], [-Infinity, '-Infinity'], [1.5, '1.5'], [10n, '10'], ['5%', '"5%"'], [null, 'null'], [undefined, 'undefined'],
    [{ a: [1] }, '{"a":[1]}'],
  ])('writes %p as %s', (value, text) => {
    expect(shown(value)).toBe(text);
  });
});

describe(PlanRefusedError, () => {
  test('names the workload and every problem', () => {
    const error = new PlanRefusedError('Deployment/web', [problem, { ...problem, field: 'marginSeconds' }]);
    expect(error).toBeInstanceOf(RangeError);
    expect(error.name).toBe('PlanRefusedError');
    expect(error.problems).toHaveLength(2);
    expect(error.message).toBe([
      'Cannot plan the rollout of Deployment/web:',
      '  - soakSeconds must be a whole number >= 0: current value is -1. Leave it out for no soak.',
      '  - marginSeconds must be a whole number >= 0: current value is -1. Leave it out for no soak.',
    ].join('\n'));
  });
});
