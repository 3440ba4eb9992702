import { createNamespace, TestNamespace } from '../support/cluster';
import { Cost, costOf, rowOf } from './cost';
import { packGo } from './pack-go';
import { nameOf, Part, Variant, variantsOf } from './variants';

/** Which clients each part is for; without `leave` nobody loses anything but time. */
const PROTECTED: Partial<Record<Part, string>> = { 'accept': 'new', 'close notice': 'reused', 'tell streams': 'stream', 'finish': 'slow' };

const AT_A_TIME = 4;

let cluster: TestNamespace;
beforeAll(async () => {
  cluster = await createNamespace('applications');
  await packGo();
});
afterAll(() => cluster.remove());

describe.each(['node', 'go', 'nginx'] as const)('a roll of the application in %s, on a simulated cloud', (language) => {
  const costs = new Map<string, Cost>();
  const cost = (variant: Variant) => costs.get(nameOf(variant))!;
  const lostBy = (variant: Variant) =>
    Object.fromEntries(Object.entries(cost(variant).clients).flatMap(([kind, { lost }]) => (lost > 0 ? [[kind, lost]] : [])));
  const variants = variantsOf(language);
  const without = (parts: readonly Part[]) => variants.filter((variant) => variant.without && parts.includes(variant.without));

  beforeAll(async () => {
    // Not all at once: their clients, and the long ways between, are all in this process.
    for (let first = 0; first < variants.length; first += AT_A_TIME) {
      const measured = await Promise.all(variants.slice(first, first + AT_A_TIME).map((variant) => costOf(variant, cluster)));
      for (const one of measured) costs.set(nameOf(one.variant), one);
    }
    console.log([...costs.values()].map(rowOf).join('\n'));
  });

  test('is measured by clients that kept up', () => {
    expect([...costs.values()].map(({ unsent }) => unsent)).toEqual(variants.map(() => 0));
    for (const { latestMs } of costs.values()) expect(latestMs).toBeLessThan(2000); // of the 10 s that they wait for an answer
  });

  test.each(variants.filter(({ without: part }) => !part))('loses nothing where it does all of it (preStop wait: $waits)', (variant) => {
    expect(lostBy(variant)).toEqual({});
    expect(Object.values(cost(variant).clients).reduce((sum, { sent }) => sum + sent, 0)).toBeGreaterThanOrEqual(1500);
  });

  test.each(without(['close notice', 'tell streams']))('without $without, loses what that is for, and nothing else', (variant) => {
    expect(Object.keys(lostBy(variant))).toEqual([PROTECTED[variant.without!]]);
  });

  test.each(without(['accept', 'finish']))('without $without, loses what that is for', (variant) => {
    expect(Object.keys(lostBy(variant))).toContain(PROTECTED[variant.without!]);
  });

  test('sits out its grace period where it does not exit by itself, and leaves sooner, by itself, where it does', () => {
    const [stays] = without(['leave']).map(cost);
    const [leaves] = variants.map(cost);
    expect([leaves, stays].map(({ exitCodes }) => exitCodes)).toEqual([[0, 0], [137, 137]]);
    expect(stays.endSeconds).toBeGreaterThanOrEqual(stays.graceSeconds - 1);
    expect(leaves.endSeconds).toBeLessThan(stays.endSeconds);
  });
});
