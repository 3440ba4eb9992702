import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { DrillReport } from '../../lib/report';
import { show, startBrowser } from './support/browser';
import { Command, Ended } from './support/command';
import { expectDrawn } from './support/drawn';
import { asked, besideOthers, cutEarly, HASTY, interrupts, Stage, standOf, toldWrong, tooShort } from './support/fault-stories';
import { drillOf, ONE_AT_A_TIME, QUICK, Stand } from './support/stand';
import { Stories } from './support/stories';
import { webDeployment } from './support/web';

interface Drilled extends Ended {
  readonly stand: Stand;
  readonly report: DrillReport;
  /** The template before the drill. */
  readonly template: string;
}

const stories = new Stories(6);
const stands: Stand[] = [];
let command: Command;
let stage: Stage;
let browser: Browser;
let told: Record<string, Promise<Drilled>>;
let faults: ReturnType<typeof tellFaults>;

/** Drills a web application of its own, and keeps what was found. */
async function drilled(name: string, flagsFor: (stand: Stand) => readonly string[]): Promise<Drilled> {
  const stand = await standOf(stage, `drill-${name}`, QUICK, ONE_AT_A_TIME);
  const template = await stand.field('.spec.template');
  const files = ['--json', `${name}.json`, '--html', `${name}.html`, '--svg', `${name}.svg`];
  const ended = await drillOf(command, stand, ...files, ...flagsFor(stand)).ended;
  console.log(`${name} ended with ${ended.code}\n${ended.out}${ended.code === 0 ? '' : ended.err}`);
  return { ...ended, stand, template, report: command.report(`${name}.json`) };
}

const EVERY_CLIENT = [
  '--new', '20', '--reused', '20', '--idle', '5', '--idle', '15', '--idle', '60', '--http2', '20', '--slow', '1', '--stream', '3', '--websocket', '3',
];
const SOME_CLIENTS = ['--new', '10', '--reused', '10', '--http2', '5', '--stream', '1', '--websocket', '1'];

const tellFaults = (otherDrain: Promise<unknown>) => ({
  tooShort: stories.tell(() => tooShort(stage)), interrupts: stories.tell(() => interrupts(stage, otherDrain)),
  toldWrong: stories.tell(() => toldWrong(stage)), cutEarly: stories.tell(() => cutEarly(stage)),
  besideOthers: stories.tell(() => besideOthers(stage)),
});

beforeAll(async () => {
  command = await Command.create();
  stage = { command, stands };
  browser = await startBrowser();
  writeFileSync(join(command.folder, 'second.json'), JSON.stringify(
    webDeployment({ ...QUICK, env: { ...QUICK.env, VERSION: '2' } })));
  const tell = (name: string, ...flags: readonly string[]) => stories.tell(() => drilled(name, () => [...SOME_CLIENTS, ...flags]));
  const drainNode = tell('drain-node', '--action', 'drain-node');
  faults = tellFaults(drainNode); // the longest first
  told = {
    // The load runs for 60 s before the roll, so that each connection that is silent for 60 s is used once more in the roll or after it.
    every: stories.tell(() => drilled('every', () => [...EVERY_CLIENT, '--quiet', '60'])),
    drainNode,
    twoRolls: tell('two-rolls', '--action', 'two-rolls'),
    manifest: tell('manifest', '--manifest', 'second.json'),
    rollBack: tell('roll-back', '--action', 'roll-back'),
    command: stories.tell(() => drilled('command', ({ cluster }) =>
      [...SOME_CLIENTS, '--command', `kubectl --namespace ${cluster.namespace} rollout restart deployment/web`])),
    scaleIn: tell('scale-in', '--action', 'scale-in'),
    deletePod: tell('delete-pod', '--action', 'delete-pod'),
    neverReady: tell('never-ready', '--action', 'never-ready', '--for', '5'),
  };
});
afterAll(async () => {
  await browser?.close();
  await Promise.all(stands.map(({ cluster }) => cluster.remove()));
  command?.remove();
});

/** What was done, how it ended, and how many pods it ended. */
const summary = ({ code, report: { action, lost, allowedLost, client, undone, pods } }: Drilled) => ({
  code, action, lost, allowedLost, unsent: client.unsent, undone, gone: pods.filter(({ goneSeconds }) => goneSeconds !== undefined).length,
});
const HELD = { code: 0, lost: 0, allowedLost: 0, unsent: 0, undone: [] };

describe('kube-graceful drill of a Deployment that is set well, on a simulated cloud', () => {
  test('rolls, and loses nothing of any kind of client', async () => {
    const { report, out, err, ...rest } = await told.every;
    expect(summary({ report, out, err, ...rest })).toEqual({ ...HELD, action: 'roll (restart)', gone: 2 });
    expect(report.clients.map(({ name }) => name).sort()).toEqual(
      ['http2', 'idle 15 s', 'idle 5 s', 'idle 60 s', 'new', 'reused', 'slow', 'stream', 'websocket']);
    for (const { name, inWindow, lost, byVersion, latencyMs, upperBound95, onReusedConnections } of report.clients) {
      expect({ name, lost, window: inWindow.sent > 0, versions: Object.keys(byVersion) }).toEqual({ name, lost: 0, window: true, versions: ['1'] });
      expect(latencyMs!.p50 <= latencyMs!.p99 && latencyMs!.p99 <= latencyMs!.max).toBe(true);
      expect(upperBound95).toBeGreaterThan(0);
      if (/idle|reused|http2/.test(name)) expect(onReusedConnections).toBeGreaterThan(30);
    }
    expect(out).toContain(`HELD: 0 of ${report.sent} lost, and 0 may be`);
    expect(err).toMatch(/^ {2,}\d+ s {2}acting {2}sent \d+ {2}lost 0 {2}pods: \d starting, \d ready, \d ending$/m);
  });

  test('lays the plan beside what was measured', async () => {
    const { report: { figures, window } } = await told.every;
    const of = (what: string) => figures.find((figure) => figure.what === what)!;
    expect(of('until the last new connection').measured).toBeGreaterThan(0);
    expect(of('until the last new connection').measured).toBeLessThan(8);
    expect(of('preStop wait')).toMatchObject({ set: 8, slack: 8 - of('until the last new connection').measured! });
    expect(of('grace period')).toMatchObject({ set: 40, slack: Math.round((40 - of('grace period').measured!) * 10) / 10 });
    expect(of('last old pod gone').measured).toBeCloseTo(window.toSeconds, 0);
  });

  test('rolls to a manifest, and tells the versions apart', async () => {
    const found = await told.manifest;
    expect(summary(found)).toEqual({ ...HELD, action: 'roll (a new manifest)', gone: 2 });
    expect(Object.keys(found.report.clients[0].byVersion)).toEqual(['1', '2']);
    expect(await found.stand.field('.spec.template.spec.containers[0].env[?(@.name=="VERSION")].value')).toBe('2');
  });

  test.each([['rollBack', 'roll, and back half-way'], ['neverReady', 'roll to a version that never gets ready, and back']])(
    'leaves the old template: %s', async (story, action) => {
      const found = await told[story];
      expect(summary(found)).toMatchObject({ ...HELD, action });
      expect(await found.stand.field('.spec.template')).toBe(found.template);
    });

  test('rolls twice', async () => {
    const found = await told.twoRolls;
    expect(summary(found)).toMatchObject({ ...HELD, action: 'two rolls, the second half-way through the first' });
    expect(summary(found).gone).toBeGreaterThan(2);
  });

  test('drains a node, and uncordons it', async () => {
    const found = await told.drainNode;
    const node = /^(\S+) is uncordoned$/.exec(found.report.undone[0])![1];
    expect(summary(found)).toMatchObject({ ...HELD, action: 'drain a node', undone: [`${node} is uncordoned`] });
    expect(summary(found).gone).toBeGreaterThan(0);
    expect(await found.stand.field('.spec.unschedulable', `node/${node}`)).toBe('');
    expect(found.report.pods.filter((pod) => pod.node === node && pod.goneSeconds === undefined)).toEqual([]);
  });

  test('scales in, and out again', async () => {
    const found = await told.scaleIn;
    expect(summary(found)).toEqual({ ...HELD, action: 'scale in', gone: 1, undone: ['Deployment/web has 2 replicas again'] });
    expect(await found.stand.field('.spec.replicas')).toBe('2');
  });

  test.each([['deletePod', 'delete a pod', 1], ['command', expect.stringMatching(/^run kubectl .+ rollout restart deployment.web$/), 2]])('ends pods: %s', async (story, action, gone) => {
    expect(summary(await told[story])).toEqual({ ...HELD, action, gone });
  });
});

describe('the page of each drill, in Chromium', () => {
  test('draws what was found, and fetches nothing', async () => {
    for (const story of Object.values(told)) {
      const { report } = await story;
      const name = Object.keys(told).find((key) => told[key] === story)!.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      const file = join(command.folder, `${name}.html`);
      const { page, requests, complaints } = await show(browser, file, { width: 1280, colorScheme: 'light' });
      expect({ requests, complaints }).toEqual({ requests: [`file://${file}`], complaints: [] });
      await expectDrawn(page, report);
      await page.close();
    }
  });
});

describe('kube-graceful drill of a Deployment that is set wrongly, on a simulated cloud', () => {
  test('names the load balancer that lets go in the midst of preStop', async () => {
    const { code, report, out } = await faults.cutEarly;
    expect({ code, lost: report.lost > 0 }).toEqual({ code: 1, lost: true });
    expect(out).toMatch(/^ {2}\d+ resets? (at|from) .+ s: the load balancer let go of web-\S+ \(10\.244\.\d+\.\d+\) while preStop had \d+(\.\d)? s left/m);
    expect(out).toContain(`LOST: ${report.lost} of ${report.sent}, and 0 may be`);
    const advice = report.advice.find(({ field }) => field.endsWith('-connection-drain'));
    expect(advice).toMatchObject({ to: 'on' });
  });

  test('says what preStop lacks, and to what it is to be set: with that, nothing is lost', async () => {
    const { before, after } = await faults.tooShort;
    expect(before.code).toBe(1);
    const wait = before.report.figures.find(({ what }) => what === 'preStop wait')!;
    expect(wait.set).toBe(2);
    expect(wait.slack).toBeLessThan(0);
    expect(before.report.advice).toContainEqual({ field: 'preStop', from: 2, to: 12, reason: 'the pods have less than the plan says: apply it' });
    expect({ code: after.code, lost: after.report.lost, advice: after.report.advice }).toEqual({ code: 0, lost: 0, advice: [] });
  });

  test('tells a plan that was told too short a delay', async () => {
    const { code, report: { advice, figures } } = await faults.toldWrong;
    const delay = figures.find(({ what }) => what === 'until the last new connection')!;
    expect(code).toBe(1);
    expect(delay.planned).toEqual({ atMost: 0 });
    expect(delay.measured).toBeGreaterThan(2); // the lab's load balancers are 3 s late at least
    expect(advice).toContainEqual({
      field: 'traffic[web].delaySeconds', from: 0, to: Math.ceil(delay.measured!) + 1,
      reason: `a new connection reached a stopping pod ${delay.measured} s after its deletion`,
    });
  });
});

describe('kube-graceful drill of a Deployment that an autoscaler scales and a gateway leads to', () => {
  test('plans it as its manifest would be, and asks for what only its author knows', async () => {
    const { untold, told: { report: { figures } } } = await faults.besideOthers;
    expect(untold.err).toMatch(/\n {2}(- )?.*traffic of Service\/inside must be given delaySeconds, as the controller of an ingress, or of a gateway, follows/);
    expect(untold.err).toContain('\nThe drill goes on without a plan.\n');
    expect(untold.err).not.toContain('spec.replicas');
    expect(untold.report.figures.filter(({ planned }) => planned !== undefined)).toEqual([]);
    expect(figures.find(({ what }) => what === 'preStop wait')?.planned).toEqual({ atMost: 12 });
  });
});

describe('an interrupt of kube-graceful drill', () => {
  test.each([
    ['roll', 'Deployment/web has its old template back'], ['two-rolls', 'Deployment/web has its old template back'],
    ['never-ready', 'Deployment/web has its old template back'], ['scale-in', 'Deployment/web has 2 replicas again'],
    ['drain-node', expect.stringMatching(/^node-\d is uncordoned$/)], ['Ctrl-C', 'Deployment/web has its old template back'],
  ])('leaves the cluster as it was: %s', async (action, undone) => {
    const { code, out, err, states: [before, midst, after] } = (await faults.interrupts)[action];
    expect({ code, after, changed: midst !== before }).toEqual({ code: 2, after: before, changed: true });
    const said = `${out}${err}`.replaceAll('\r', '');
    expect(said).toContain('Interrupted: putting the cluster back as it was ...\n');
    expect(/The drill was interrupted\nPut back: (.+)\n/.exec(said)?.[1]).toEqual(undone);
  });
});

describe('a terminal', () => {
  test('asks, and shows progress in one line that changes, until the table stands there', async () => {
    const stand = await standOf(stage, 'drill-asked', HASTY);
    const before = await stand.field('.spec.template');
    const no = await asked(stage, stand, 'no');
    expect({ code: no.code, after: await stand.field('.spec.template') }).toEqual({ code: 2, after: before });
    expect(no.said).toContain(`roll (restart) of Deployment/web in context ${stand.where[4]}, namespace ${stand.cluster.namespace}? Type yes: `);
    const yes = await asked(stage, stand, 'yes');
    const lines = yes.said.split('\r\u001b[K').slice(1);
    expect(lines.filter((line) => /^ {2,}-?\d+ s {2}(before|acting|after ) {2}sent \d+ {2}lost \d+ {2}pods: /.test(line)).length).toBeGreaterThan(5);
    expect(lines.slice(0, -1).filter((line) => line.includes('\n'))).toEqual([]);
    expect(lines.at(-1)).toContain('Deployment/web: roll (restart); ');
    expect([0, 1]).toContain(yes.code); // what is lost is not what is asked here
  });
});

describe('kube-graceful drill', () => {
  test.each([
    [[], 'Cannot go on as DEPLOYMENT must be the name of one Deployment: current value is []\n'],
    [['drill', 'web', '--address', 'http://lab', '--yes'], 'Cannot go on as --context must be named, together with --yes, where nobody is asked: current value is undefined\n'],
    [['drill', 'web', '--address', 'http://lab', '--yes', '--context', 'nowhere'], 'Cannot run kubectl get deployment web: '],
  ])('ends with 2 where it cannot be done: %j', async (args, message) => {
    const { code, err, out } = await command.start(...(args.length > 0 ? args : ['drill'])).ended;
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });
});
