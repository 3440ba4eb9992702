import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explain, Inventory, planRollout } from 'kube-graceful';
import { readManifests } from '../../lib/cli/read-manifests';
import { run } from '../../lib/cli/run';
import { anIo } from './an-io';

const text = readFileSync(join(__dirname, '..', '..', 'examples', 'web-eni', 'expected.yaml'), 'utf8');
const withOptions = (json: string) => text.replace('kind: Deployment\nmetadata:\n', `kind: Deployment\nmetadata:\n  annotations:\n    kube-graceful/options: '${json}'\n`);

/** What the core says of the same objects. */
function explained(yaml: string, options: object): string {
  const inventory = new Inventory(readManifests('x', yaml));
  return explain(planRollout(options, inventory.contextOf(inventory.workloads[0])));
}

describe('kube-graceful explain', () => {
  test('says of a file what the core says of its objects', async () => {
    const io = anIo({ files: { 'web.yaml': text } });
    expect(await run(['explain', 'web.yaml'], io)).toBe(0);
    expect(io.said).toEqual({ out: explained(text, {}), err: '', files: {}, asked: [] });
  });

  test('takes options from the annotation, and rather from the command line', async () => {
    const annotated = withOptions('{"longestRequestSeconds":7}');
    const io = anIo({ files: { a: annotated } });
    expect(await run(['explain', 'a'], io)).toBe(0);
    expect(io.said.out).toBe(explained(annotated, { longestRequestSeconds: 7 }));
    const other = anIo({ files: { a: annotated } });
    expect(await run(['explain', 'a', '--options', '{"longestRequestSeconds":9}'], other)).toBe(0);
    expect(other.said.out).toBe(explained(annotated, { longestRequestSeconds: 9 }));
  });

  test('ends with 1 where a plan is refused', async () => {
    const io = anIo({ files: { a: withOptions('{"longestRequestSeconds":-1}') } });
    expect(await run(['explain', 'a'], io)).toBe(1);
    expect(io.said.err).toContain('longestRequestSeconds must be');
  });

  test('tells which Deployment\'s annotation cannot be read, explains the others, and ends with 2', async () => {
    const aFile = (name: string, options?: string, namespace?: string) => JSON.stringify({
      kind: 'Deployment', metadata: { name, namespace, annotations: { 'kube-graceful/options': options } },
      spec: { template: { spec: { containers: [{ name: 'web', ports: [{ containerPort: 80 }] }] } } },
    });
    const io = anIo({ files: { a: aFile('web', '[]'), b: aFile('web', 'no', 'shop'), c: aFile('api', '{"longestRequestSeconds":-1}'), d: aFile('db') } });
    expect(await run(['explain', 'a', 'b', 'c', 'd'], io)).toBe(2);
    expect(io.said.err.split('\n')).toEqual([
      'Cannot explain Deployment/web of a as kube-graceful/options must be a JSON object: current value is "[]"',
      'Cannot explain Deployment/web in shop of b as kube-graceful/options must be a JSON object: current value is "no"',
      'Cannot plan the rollout of Deployment/api:', expect.stringMatching('^  - longestRequestSeconds must be'), '',
    ]);
    expect(io.said.out.match(/^Deployment.*/gm)).toEqual(['Deployment/db, which no known Service leads to']);
  });

  test.each([
    [['explain'], 'Cannot go on as FILE must be at least one: current value is []\n'],
    [['explain', 'none'], 'Cannot go on as FILE must be files with a Deployment in them: current value is ["none"]\n'],
    [['explain', 'bad'], 'Cannot go on as bad must be YAML (Flow sequence in block collection must be sufficiently indented and end with a ] at line 2, column 1): current value is ""\n'],
    [['explain', 'web', 'merged', 'bad'], [
      'Cannot go on as merged must be YAML (Nested mappings are not allowed in compact mappings at line 1, column 4): current value is "a: b: c"',
      'Cannot go on as merged must be YAML (Merge sources must be maps or map aliases): current value is "kind: X"',
      'Cannot go on as bad must be YAML (Flow sequence in block collection must be sufficiently indented and end with a ] at line 2, column 1): current value is ""\n',
    ].join('\n')],
    [['explain', 'web', '--options', '[]'], 'Cannot go on as --options must be a JSON object: current value is "[]"\n'],
    [['explain', 'evil\u001b[2J'], 'no such file: evil [2J\n'],
    [['explain', 'missing'], 'no such file: missing\n'],
  ])('ends with 2 where it cannot be done: %j', async (args, message) => {
    const io = anIo({ files: { none: 'kind: Service\n', bad: 'a: [1\n', merged: 'a: b: c\n---\nkind: X\n<<: d\n', web: text } });
    expect({ code: await run(args, io), err: io.said.err, out: io.said.out }).toEqual({ code: 2, err: message, out: '' });
  });
});

describe(readManifests, () => {
  test('finds the objects of all documents and of Lists, and passes over what is none', () => {
    const yaml = 'kind: A\n---\nkind: List\nitems:\n- kind: B\n- kind: ServiceList\n  items: [{ kind: C }]\n---\n---\njust text\n';
    expect(readManifests('x', yaml).map(({ kind }) => kind)).toEqual(['A', 'B', 'C']);
    expect(readManifests('x', '')).toEqual([]);
  });

  test('reads merge keys as kubectl does: what stands beside one wins', () => {
    const yaml = 'kind: A\nitems:\n- &base { name: web, image: web:1 }\n- <<: *base\n  name: api\n';
    expect(readManifests('x', yaml)).toEqual([{ kind: 'A', items: [{ name: 'web', image: 'web:1' }, { name: 'api', image: 'web:1' }] }]);
  });
});

describe(run, () => {
  test('shows how it is used: where it is asked to with 0, else with 2', async () => {
    const io = anIo();
    expect(await run(['--help'], io)).toBe(0);
    expect(await run(['drill', '--help'], io)).toBe(0);
    expect(io.said.out).toContain('kube-graceful drill DEPLOYMENT');
    expect(io.said.err).toBe('');
    expect(await run([], io)).toBe(2);
    expect(await run(['explode'], io)).toBe(2);
    expect(io.said.err).toContain('kube-graceful explain FILE...');
  });
});
