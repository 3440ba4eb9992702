import { PlanRefusedError, RoutePlan } from 'kube-graceful';
import { DrillOptions, DrillRecord, DrillReport, KubectlError } from 'kube-graceful/drill';
import { drillCommand } from '../../lib/cli/drill-command';
import type { LivePlan } from '../../lib/cli/live-plan';
import { anInClusterRoute, aPlan, aRoute } from '../core/explain/a-plan';
import { A_RECORD } from '../drill/a-record';
import { anIo, FakeIo } from './an-io';

const record: DrillRecord = {
  deployment: 'web', replicas: 1, action: { kind: 'roll' }, address: 'http://lab', actedAtMs: 0, rolledOutAtMs: 5000, settledAtMs: 9000,
  window: { fromMs: 1000, toMs: 9000 }, client: { unsent: 0, latestMs: 1 }, pods: [], changes: [], undone: [],
  outcomes: [
    { client: 'new', sentAtMs: 2000, endedAtMs: 2010, status: 200, latencyMs: 10 }, { client: 'new', sentAtMs: 3000, endedAtMs: 3010, loss: 'refused' },
  ],
};
const web = 'web --address http://lab';

const PLANNED: LivePlan = { plan: aPlan(), assumed: false, services: [] };

async function drilled(line: string, io: FakeIo, found: DrillRecord = record, livePlan = async () => PLANNED) {
  const drills: DrillOptions[] = [];
  const drill = async (options: DrillOptions) => {
    drills.push(options);
    return found;
  };
  return { code: await drillCommand(line.split(' '), io, { drill, livePlan, currentContext: async () => 'staging' }), drills };
}

describe(drillCommand, () => {
  test('ends with 1 where more was lost than is allowed, else with 0', async () => {
    const io = anIo();
    expect((await drilled(`${web} --context lab --yes`, io)).code).toBe(1);
    expect(io.said.out).toContain('LOST: 1 of 2, and 0 may be');
    expect((await drilled(`${web} --context lab --yes --allow 1`, anIo())).code).toBe(0);
  });

  test('ends with 1 where the client could not keep up', async () => {
    expect((await drilled(`${web} --context lab --yes --allow 1`, anIo(), { ...record, client: { unsent: 1, latestMs: 1 } })).code).toBe(1);
  });

  test('asks a person first, and drills nothing unless the answer is yes', async () => {
    const io = anIo({ isTerminal: true, answer: 'no' });
    const { code, drills } = await drilled(`${web} --action scale-in --namespace shop`, io);
    expect({ code, drills }).toEqual({ code: 2, drills: [] });
    expect(io.said.asked).toEqual(['scale in of Deployment/web in context staging, namespace shop? Type yes: ']);
    const { drills: [agreed] } = await drilled(web, anIo({ isTerminal: true, answer: 'yes' }));
    expect(agreed.context).toBe('staging'); // the one that was named, whatever becomes the current one meanwhile
  });

  test.each([[web, false], [`${web} --yes`, false], [`${web} --yes`, true], [`${web} --context lab`, false]])(
    'drills nothing that nobody named or agreed to: %s, terminal %s', async (line, isTerminal) => {
      await expect(drilled(line, anIo({ isTerminal }))).rejects.toThrow('Cannot go on as --context must be named, together with --yes, where nobody is asked');
    });

  test('writes what it found to files', async () => {
    const io = anIo();
    await drilled(`${web} --context lab --yes --json a --html b --svg c --namespace shop`, io);
    expect(JSON.parse(io.said.files.a)).toMatchObject({ version: 'kube-graceful/drill-report/v1', workload: 'Deployment/web', namespace: 'shop', lost: 1 });
    expect(io.said.files.b).toContain('<!doctype html>');
    expect(io.said.files.c).toMatch(/^<svg /);
  });

  test('drills nothing, and asks nobody, where a file cannot be written', async () => {
    const io = anIo({ isTerminal: true, answer: 'yes' });
    const drill = jest.fn();
    const line = `${web} --json /no/a --html b --svg /no/c`;
    await expect(drillCommand(line.split(' '), io, { drill, livePlan: async () => undefined, currentContext: async () => 'staging' })).rejects.toThrow([
      'Cannot go on as --json must be a file that can be written: current value is "/no/a"',
      'Cannot go on as --svg must be a file that can be written: current value is "/no/c"',
    ].join('\n'));
    expect({ drills: drill.mock.calls, asked: io.said.asked }).toEqual({ drills: [], asked: [] });
  });

  test('hands the manifest over, and only to a roll', async () => {
    const io = () => anIo({ files: { 'web.yaml': 'kind: Deployment' } });
    const { drills } = await drilled(`${web} --context lab --yes --manifest web.yaml`, io());
    expect(drills[0].action).toEqual({ kind: 'roll', manifest: 'kind: Deployment' });
    await expect(drilled(`${web} --context lab --yes --manifest web.yaml --action drain-node`, io())).rejects.toThrow('--manifest must be given with --action roll');
  });

  test('says that a plan is made of what is assumed where nobody told anything', async () => {
    const ASSUMED = 'Planned with what is assumed of every workload, as neither --options nor the annotation kube-graceful/options says what its author knows.';
    const said = async (assumed: boolean) => {
      const io = anIo();
      await drilled(`${web} --context lab --yes --json a`, io, A_RECORD, async () => ({ ...PLANNED, assumed }));
      const { plan, advice } = JSON.parse(io.said.files.a) as DrillReport;
      return [plan, advice.length, io.said.out.includes(ASSUMED)];
    };
    expect(await said(true)).toEqual(['assumed', 0, true]);
    expect(await said(false)).toEqual(['told', 2, false]);
  });

  test('lays to kube-proxy what is lost where nothing else leads to the pods', async () => {
    const causeIn = async (live: Partial<LivePlan>) => {
      const io = anIo();
      await drilled(`${web} --context lab --yes --json a`, io, A_RECORD, async () => ({ ...PLANNED, ...live }));
      return (JSON.parse(io.said.files.a) as DrillReport).causes.map(({ text }) => / (kube-proxy|the load balancer) let go of /.exec(text)?.[1]);
    };
    const causeOf = (...routes: RoutePlan[]) => causeIn({ plan: aPlan({ routes }) });
    expect(await causeIn({ plan: aPlan({ routes: [anInClusterRoute()] }), unseen: ['httproutes'] })).toEqual(['the load balancer']);
    expect([await causeOf(anInClusterRoute()), await causeOf(anInClusterRoute(), aRoute()), await causeOf()]).toEqual([
      ['kube-proxy'], ['the load balancer'], ['the load balancer'],
    ]);
  });

  test('goes on without a plan where there is none to be had', async () => {
    const io = anIo();
    const problem = { id: 'x', field: 'a', wanted: 'b', found: 'c', remedy: 'D.' };
    await drilled(`${web} --context lab --yes`, io, record, () => Promise.reject(new PlanRefusedError('Deployment/web', [problem])));
    expect(io.said.err).toBe('Cannot plan the rollout of Deployment/web:\n  - a must be b: current value is c. D.\nThe drill goes on without a plan.\n');
  });

  test('goes on without a plan where it may not read what stands around the Deployment', async () => {
    const io = anIo();
    await drilled(`${web} --context lab --yes`, io, record, () => Promise.reject(new KubectlError(['get', 'ingresses'], 'forbidden')));
    expect(io.said.err).toBe('Cannot run kubectl get ingresses: forbidden\nThe drill goes on without a plan.\n');
  });

  test('tells what the plan could not see', async () => {
    const io = anIo();
    await drilled(`${web} --context lab --yes`, io, record, async () => ({ plan: aPlan(), services: [], assumed: false, unseen: ['httproutes', 'tlsroutes'] }));
    expect(io.said.err).toBe('httproutes, tlsroutes may not be listed: the plan holds as if there were none.\n');
  });

  test('drills nothing where it is interrupted while it reads the plan', async () => {
    const io = anIo({ interrupted: AbortSignal.abort() });
    const drill = jest.fn();
    const livePlan = async ({ signal }: { signal?: AbortSignal }) => {
      expect(signal).toBe(io.interrupted);
      throw new KubectlError(['get', 'deployments'], 'it was interrupted');
    };
    await expect(drillCommand(`${web} --context lab --yes`.split(' '), io, { drill, livePlan, currentContext: async () => 'staging' })).rejects.toThrow(
      'Cannot run kubectl get deployments: it was interrupted');
    expect({ drills: drill.mock.calls, err: io.said.err }).toEqual({ drills: [], err: '' });
  });

  test('tells of its progress, in a log every ten seconds', async () => {
    const io = anIo();
    const drill = async ({ onProgress }: DrillOptions) => {
      for (const atSeconds of [-2, 3, 7.9, 8.1]) {
        onProgress!({ atSeconds, phase: 'acting', sent: 9, lost: 1, pods: { starting: 1, ready: 2, ending: 3 } });
      }
      return record;
    };
    await drillCommand(`${web} --context lab --yes`.split(' '), io, { drill, livePlan: async () => undefined, currentContext: async () => 'staging' });
    expect(io.said.err.split('\n')).toEqual([
      '  -2 s  acting  sent 9  lost 1  pods: 1 starting, 2 ready, 3 ending', '   8 s  acting  sent 9  lost 1  pods: 1 starting, 2 ready, 3 ending', '',
    ]);
  });
});
