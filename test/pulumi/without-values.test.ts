import { PlanRefusedError } from 'kube-graceful';
import { withoutValues } from '../../lib/pulumi/without-values';

const hidden = (id: string, wanted: string, remedy: string) =>
  withoutValues(new PlanRefusedError('Deployment/web', [{ id, field: 'field', wanted, found: '7', remedy }])).problems[0];

describe(withoutValues, () => {
  test.each([
    ['at least 52: 5 s kube-proxy + 2.5 s wait', 'at least [secret]: [secret] s kube-proxy + [secret] s wait'],
    ['{"app":{"a":"b"}}, as it is live', '[secret], as it is live'],
    ['at least \'25%\', or "a \\"quoted\\" text"', 'at least [secret], or [secret]'],
    ['the pods\' own grace, as the Service\'s is not known', 'the pods\' own grace, as the Service\'s is not known'],
    ['absent, as Deployment/web-2 says it', 'absent, as Deployment/web-2 says it'],
  ])('hides the values of %j', (text, shown) => {
    expect(hidden('grace-too-short', text, text)).toEqual({ id: 'grace-too-short', field: 'field', wanted: shown, found: '[secret]', remedy: shown });
  });

  test('leaves what is the same for everybody', () => {
    const wanted = 'a whole number from 0 to 65535';
    expect(hidden('wrong-number', wanted, 'Leave it out for 30 s.')).toMatchObject({ wanted, found: '[secret]', remedy: 'Leave it out for 30 s.' });
  });

  test('leaves names, as they say where', () => {
    const problem = { id: 'wrong-option', field: 'provider of Service/public', wanted: 'one of generic, aws-nlb', found: '"x"', remedy: 'Give one of these.' };
    expect(withoutValues(new PlanRefusedError('Deployment/web', [problem])).problems).toEqual([{ ...problem, found: '[secret]' }]);
  });

  test('leaves any other error', () => {
    const error = new Error('at least 52');
    expect(withoutValues(error)).toBe(error);
  });
});
