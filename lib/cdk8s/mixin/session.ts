import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { GracefulOptions, Manifest, Problem, RolloutContext, RolloutPlan } from '../../core/index';
import { Declaration, mergeDeclarations, Merged, Precedence } from './declaration';
import { line } from './line';
import { ownerOf } from './owner-of';
import { onManifest } from './rewrite';
import { Registry, Snapshot } from './snapshot';

const SESSION = Symbol.for('kube-graceful.cdk8s.session');

/** What is to be done with one object, and all that was said about it. */
interface Member {
  readonly declarations: Declaration[];
  /** Of the declarations. @default - computed when it is asked for */
  merged?: Merged;
  /** A workload whose rollouts are to be planned. */
  planned: boolean;
  /** A Service that the plans of the workloads behind it write. */
  managed: boolean;
  /** What it renders goes through the session. */
  hooked: boolean;
}

/**
 * What is to be planned in one app, and when it is computed. While cdk8s synthesizes (an app, or one chart), everything comes
 * from one snapshot, so each object is rendered once. Outside of that nothing is kept: each question sees the app as it is then.
 */
export class Session implements Registry {
  /** The session of the app that a construct belongs to. */
  public static of(scope: IConstruct): Session {
    const root = scope.node.root as IConstruct & { [SESSION]?: Session };
    if (!root[SESSION]) Object.defineProperty(root, SESSION, { value: new Session(root) });
    return root[SESSION] as Session;
  }

  private readonly members = new Map<ApiObject, Member>();
  private readonly checks = new Set<() => readonly Problem[]>();
  private readonly judges: Judge[] = [];
  private readonly entered = new Set<IConstruct>();
  private snapshot?: Snapshot;

  private constructor(private readonly root: IConstruct) {
    this.enter(root, 'synth', 'synthYaml', 'toJson');
    root.node.addValidation({ validate: () => this.beginPass() });
  }

  /** Plans a workload, and says something about it. */
  public plan(workload: ApiObject, precedence: Precedence, options: GracefulOptions): void {
    const member = this.memberOf(workload);
    say(member, precedence, options);
    if (member.planned) return;
    member.planned = true;
    this.hook(workload, member);
    this.judge(workload, this.problemsOf);
  }

  /** Says something about a workload, whether or not it is planned. */
  public say(workload: ApiObject, precedence: Precedence, options: GracefulOptions): void {
    say(this.memberOf(workload), precedence, options);
  }

  /** Lets the plans of the workloads behind a Service write what it must carry. */
  public manage(service: ApiObject): void {
    const member = this.memberOf(service);
    member.managed = true;
    this.hook(service, member);
  }

  /** Judges an object in each validation pass, whose construct then says what was found. */
  public judge(object: ApiObject, problems: (object: ApiObject) => readonly Problem[]): void {
    const judge = new Judge(this, object, problems);
    this.judges.push(judge);
    ownerOf(object).node.addValidation(judge);
  }

  /** Adds a check of the whole app; the same one only once. */
  public check(problems: () => readonly Problem[]): void {
    this.checks.add(problems);
  }

  public optionsOf(object: ApiObject): Merged | undefined {
    const member = this.members.get(object);
    return member?.planned ? member.merged ??= mergeDeclarations(member.declarations) : undefined;
  }

  public isPlanned(object: ApiObject): boolean {
    return this.members.get(object)?.planned ?? false;
  }

  public isOurs(object: ApiObject): boolean {
    const member = this.members.get(object);
    return member !== undefined && (member.planned || member.managed);
  }

  /** Every workload that is to be planned. */
  public* planned(): Iterable<ApiObject> {
    for (const [object, { planned }] of this.members) if (planned) yield object;
  }

  /** Every planned workload below a construct, in the order of the tree. */
  public workloadsBelow(scope: IConstruct): readonly ApiObject[] {
    return scope.node.findAll().filter((construct): construct is ApiObject => this.isPlanned(construct as ApiObject));
  }

  /** What an object renders without our rewrites. */
  public original(object: ApiObject): Manifest {
    return this.current().original(object);
  }

  /** What stands around a workload, as a plan of it would find it. */
  public contextOf(workload: ApiObject): RolloutContext {
    return this.current().contextOf(workload);
  }

  /** @throws {PlanRefusedError} If it cannot be planned. */
  public planOf(workload: ApiObject): RolloutPlan {
    return this.current().planOf(workload);
  }

  /** Does a Service select the pods of a planned workload, as both render now? */
  public selects(service: ApiObject, workload: ApiObject): boolean {
    return this.current().outcomeOf(workload)?.services.includes(service) ?? false;
  }

  /** Answers several questions from one look at the app. */
  public within<T>(answer: () => T): T {
    if (this.snapshot) return answer();
    this.snapshot = new Snapshot(this, this.root);
    try {
      return answer();
    } finally {
      this.snapshot = undefined;
    }
  }

  private readonly problemsOf = (workload: ApiObject): readonly Problem[] => this.current().outcomeOf(workload)?.problems ?? [];

  private current(): Snapshot {
    return this.snapshot ?? new Snapshot(this, this.root);
  }

  private memberOf(object: ApiObject): Member {
    let member = this.members.get(object);
    if (!member) this.members.set(object, member = { declarations: [], planned: false, managed: false, hooked: false });
    return member;
  }

  private hook(object: ApiObject, member: Member): void {
    if (member.hooked) return;
    member.hooked = true;
    onManifest(object, this.rewrite);
    this.enter(Chart.of(object), 'toJson');
  }

  /** One for all objects: an app has thousands. */
  private readonly rewrite = (render: () => Manifest, object: ApiObject): Manifest => {
    if (!this.isOurs(object)) return this.snapshot?.original(object) ?? render();
    return this.snapshot ? this.snapshot.rewritten(object) : this.within(() => this.current().rewritten(object));
  };

  /** Makes methods of an app or chart answer from one snapshot. */
  private enter(construct: IConstruct, ...methods: readonly string[]): void {
    if (this.entered.has(construct)) return;
    this.entered.add(construct);
    const target = construct as unknown as Record<string, unknown>;
    for (const method of methods) {
      const original = target[method];
      if (typeof original === 'function') target[method] = (...args: unknown[]) => this.within(() => original.apply(construct, args));
    }
  }

  /**
   * cdk8s validates from the root downwards. Everything is judged here, from one snapshot, for a pass may also come from a chart
   * that we have not hooked.
   */
  private beginPass(): string[] {
    return this.within(() => {
      for (const object of this.current().relevant()) this.hook(object, this.memberOf(object));
      for (const judge of this.judges) judge.look();
      return [...this.checks].flatMap((problems) => linesOf(problems()));
    });
  }
}

/** All judges look when a pass begins, from one snapshot; what one found is kept for its object's own validation, later in the pass. */
class Judge {
  private found?: string[];

  constructor(
    private readonly session: Session,
    private readonly object: ApiObject,
    private readonly problems: (object: ApiObject) => readonly Problem[],
  ) {}

  public look(): void {
    this.found = linesOf(this.problems(this.object));
  }

  public validate(): string[] {
    if (!this.found) this.session.within(() => this.look());
    const lines = this.found!;
    this.found = undefined;
    return lines;
  }
}

function say(member: Member, precedence: Precedence, options: GracefulOptions): void {
  if (Object.keys(options).length === 0) return;
  member.declarations.push({ precedence, options });
  member.merged = undefined;
}

const NO_LINES: string[] = [];

function linesOf(problems: readonly Problem[]): string[] {
  return problems.length === 0 ? NO_LINES : problems.map(line);
}
