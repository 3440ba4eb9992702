import { explainFigure } from '../../../lib/core/explain';
import { sumOf } from '../../../lib/core/figure';
import { CLB_DELAY } from './a-plan';

const delay = { name: 'delay of Service/public', figure: CLB_DELAY };
const margin = { label: 'wait margin', value: 2, source: 'ours' };
const wait = { name: 'preStop wait', figure: sumOf('delay + wait margin', [...CLB_DELAY.parts, margin]) };

describe(explainFigure, () => {
  test('tells each part with its source', () => {
    expect(`\n${explainFigure(delay)}\n`).toBe(`
    10 s  delay of Service/public: controller + load balancer
             2 s  controller sees the change      ours: watch and queue; three Services are
                                                  reconciled at a time
             4 s  update in flight                vgroups.go: one reconcile adds, deletes and
                                                  updates
             4 s  update that removes the target  vgroups.go: synchronous API calls
`);
  });

  test('names a figure that is known instead of telling its parts again, the longest first', () => {
    const drain = { label: 'longest request', value: 20, source: 'author' };
    const grace = { name: 'grace', figure: sumOf('preStop wait + drain', [...wait.figure.parts, drain]) };
    expect(`\n${explainFigure(grace, [delay, wait])}\n`).toBe(`
    32 s  grace: preStop wait + drain
            12 s  preStop wait
            20 s  longest request  author
`);
  });

  test('tells parts that differ from a known figure in one source only', () => {
    const other = { name: 'delay', figure: sumOf('other', CLB_DELAY.parts.map((part) => ({ ...part, source: 'author' }))) };
    expect(explainFigure(other, [delay]).split('\n')).toHaveLength(4);
  });

  test('breaks a long label beside its source', () => {
    const label = 'a label that is a good deal longer than the thirty-six columns it gets';
    expect(`\n${explainFigure({ name: 'x', figure: sumOf('y', [{ label, value: 1, source: 'ours' }]) })}\n`).toBe(`
     1 s  x: y
             1 s  a label that is a good deal longer    ours
                  than the thirty-six columns it gets
`);
  });

  test('says why there is nothing', () => {
    expect(explainFigure({ name: 'drain', figure: sumOf('it exits on SIGTERM', []) })).toBe('     0 s  drain: it exits on SIGTERM');
  });
});
