import { gracefulTransform } from 'kube-graceful/pulumi';
import { checkTransformOptions } from '../../lib/pulumi/check-transform-options';
import { traffic } from './plain-program';

jest.setTimeout(20_000);

const refused = (...lines: string[]) => `Cannot plan the rollout of every Deployment:\n${lines.map((line) => `  - ${line}`).join('\n')}`;

describe(checkTransformOptions, () => {
  test('takes what a transform can hold to', () => {
    expect(() => checkTransformOptions({})).not.toThrow();
    expect(() => checkTransformOptions({ perWorkload: { web: { traffic } }, except: ['legacy', 'mon/web'] })).not.toThrow();
  });

  test('refuses at once what would hang a Deployment or do nothing, all of it', () => {
    const options = { longestRequestSeconds: 20, traffic, perWorkload: { 'web': { traffic }, 'api': null as never, 'shop/db': {} }, except: ['web'] };
    expect(() => gracefulTransform(options)).toThrow(refused(
      'traffic must be absent for all, as one way leads to one Deployment: current value is '
        + '[{"service":"web","mode":"eni","provider":"alibaba-clb"}]. Say it in perWorkload.',
      'except must be without \'web\', which perWorkload has: current value is ["web"]. Say it in one of the two.',
      'perWorkload[\'api\'] must be an object of options: current value is null. Give one, or leave it out.',
      'perWorkload must be by name alone, as an entry holds in every namespace: current value is \'shop/db\'. '
        + 'Leave out the namespace; what is left as it is in one goes to except.',
    ));
  });
});
