import { PlanRefusedError } from 'kube-graceful';
import type { Problem } from 'kube-graceful';
import { Refusals } from '../../lib/pulumi/refusals';

const problem = (field: string): Problem => ({ id: 'wrong-number', field, wanted: '1', found: '2', remedy: 'Give 1.' });
const refuse = (...fields: string[]) => (): never => {
  throw new PlanRefusedError('Service/other', fields.map(problem));
};

describe(Refusals, () => {
  test('throws what all steps refuse, in their order and of one object', () => {
    const refusals = new Refusals();
    expect([refusals.from(refuse('a', 'b')), refusals.from(() => 7), refusals.from(refuse('c'))]).toEqual([undefined, 7, undefined]);
    expect(() => refusals.throwAny('Service/public')).toThrow('Cannot plan the rollout of Service/public:\n'
      + '  - a must be 1: current value is 2. Give 1.\n  - b must be 1: current value is 2. Give 1.\n  - c must be 1: current value is 2. Give 1.');
  });

  test('throws nothing where no step refuses, and any other error at once', () => {
    const refusals = new Refusals();
    refusals.from(() => 7);
    refusals.throwAny('Service/public');
    const error = new TypeError('no refusal');
    expect(() => refusals.from(() => { throw error; })).toThrow(error);
  });
});
