import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Inventory, INVENTORY_KINDS, PlanRefusedError, planRollout, writePlan } from '../../core/index';
import type { Manifest, Problem, RolloutContext, RolloutPlan, Workload } from '../../core/index';
import type { Merged } from './declaration';
import { withoutDefaultReplicas } from './default-replicas';
import { foreignServiceProblems } from './foreign-services';
import { inAuthorsWords } from './in-authors-words';
import { ownerOf } from './owner-of';
import { originalOf } from './rewrite';

/** What the snapshot must know of the constructs that were declared. */
export interface Registry {
  /** Every workload that is to be planned. */
  planned(): Iterable<ApiObject>;
  /** Options of a workload that is to be planned; undefined for any other object. */
  optionsOf(object: ApiObject): Merged | undefined;
  /** May what it renders be rewritten? */
  isOurs(object: ApiObject): boolean;
}

/** What became of a workload. */
export interface Outcome {
  /** All that is wrong with it, and around it. */
  readonly problems: readonly Problem[];
  /** Services that select its pods. */
  readonly services: readonly ApiObject[];
}

/** One object, and what became of it. */
interface Seen {
  readonly object: ApiObject;
  /** What it renders without our rewrites. @default - rendered when it is asked for */
  original?: Manifest;
  /** With every plan that has a part in it. @default - none has, or none yet */
  written?: Manifest;
  /** Why there is none. @default - there is one, or it needs none */
  refusal?: PlanRefusedError;
  /** @default - it is no workload that is to be planned, or not judged yet */
  outcome?: Outcome;
}

/** A workload with what stands around it, and its plan, if it has one. */
interface Attempt {
  readonly plan?: RolloutPlan;
  readonly problems: readonly Problem[];
  readonly context?: RolloutContext;
}

/**
 * An app at one moment: each object is rendered at most once. Each workload is planned, and its plan written, in one go, so that
 * no plan is held for longer.
 */
export class Snapshot {
  private readonly seen = new Map<ApiObject, Seen>();
  /** By what they render: a context knows no constructs. */
  private readonly services = new Map<Manifest, Seen>();
  private judged = false;
  private inventory?: Inventory;
  private found?: readonly ApiObject[];

  constructor(private readonly registry: Registry, private readonly root: IConstruct) {}

  /** What an object renders without our rewrites. */
  public original(object: ApiObject): Manifest {
    return this.originalOf(this.see(object));
  }

  /**
   * What an object renders with every plan that has a part in it.
   *
   * @throws {PlanRefusedError} If one of them cannot be planned.
   */
  public rewritten(object: ApiObject): Manifest {
    this.judgeAll();
    const seen = this.see(object);
    if (seen.refusal) throw seen.refusal;
    return seen.written ?? this.originalOf(seen);
  }

  /** @throws {PlanRefusedError} If it cannot be planned. */
  public planOf(workload: ApiObject): RolloutPlan {
    const { plan, problems, context } = this.attempt(this.see(workload));
    if (!plan) throw refusalOf(workload, problems);
    return { ...plan, warnings: this.inWords(plan.warnings, context!) };
  }

  /** What stands around a workload; where something scales it, without the number of replicas that nobody chose. */
  public contextOf(object: ApiObject): RolloutContext {
    return this.contextAround(this.see(object));
  }

  /** What became of a workload; undefined where none is planned, or it no longer stands in the tree. */
  public outcomeOf(workload: ApiObject): Outcome | undefined {
    this.judgeAll();
    return this.seen.get(workload)?.outcome;
  }

  /** Every object that may have a part in a plan. */
  public relevant(): readonly ApiObject[] {
    const isRelevant = (construct: IConstruct): construct is ApiObject =>
      ApiObject.isApiObject(construct) && INVENTORY_KINDS.has(construct.kind);
    return this.found ??= this.root.node.findAll().filter(isRelevant);
  }

  private contextAround(seen: Seen): RolloutContext {
    const { object } = seen;
    const context = this.surroundings().contextOf(this.originalOf(seen) as Workload);
    const scaled = context.autoscaler ?? this.registry.optionsOf(object)?.options.autoscaler;
    return scaled ? { ...context, workload: withoutDefaultReplicas(object, context.workload) } : context;
  }

  private judgeAll(): void {
    if (this.judged) return;
    this.judged = true;
    this.surroundings();
    for (const workload of this.registry.planned()) {
      const seen = INVENTORY_KINDS.has(workload.kind) ? this.seen.get(workload) : this.see(workload);
      if (seen) seen.outcome = this.judge(seen);
    }
    this.release();
  }

  private judge(workload: Seen): Outcome {
    const { plan, problems, context } = this.attempt(workload);
    const services = context?.services.map((service) => this.services.get(service)!) ?? [];
    const judged = [workload, ...services];
    const refusal = plan ? undefined : refusalOf(workload.object, problems);
    for (const seen of judged) {
      if (refusal) seen.refusal = refusal;
      if (!plan || !this.registry.isOurs(seen.object)) continue;
      seen.written = writePlan(seen.written ?? this.standing(seen, context!), plan);
    }
    return { problems, services: services.map((seen) => seen.object) };
  }

  /** What was written lives until it is printed; what it was made from need not, and in a large app that is half of the memory. */
  private release(): void {
    this.inventory = undefined;
    for (const seen of this.seen.values()) {
      if (!seen.written) continue;
      this.services.delete(seen.original!);
      seen.original = undefined;
    }
  }

  private see(object: ApiObject): Seen {
    let seen = this.seen.get(object);
    if (!seen) this.seen.set(object, seen = { object });
    return seen;
  }

  private originalOf(seen: Seen): Manifest {
    if (!seen.original) {
      seen.original = originalOf(seen.object);
      if (seen.object.kind === 'Service') this.services.set(seen.original, seen);
    }
    return seen.original;
  }

  /** What a plan is written into: of a workload, what it was planned for. */
  private standing(seen: Seen, { workload }: RolloutContext): Manifest {
    return seen.object.kind === 'Deployment' ? workload : this.originalOf(seen);
  }

  private attempt(seen: Seen): Attempt {
    const { object } = seen;
    if (object.kind !== 'Deployment') return { problems: [notDeployment(object.kind)] };
    const { options, problems: contradictions } = this.registry.optionsOf(object) ?? { options: {}, problems: [] };
    const context = this.contextAround(seen);
    try {
      const plan = planRollout(options, context);
      const foreign = context.services.filter((service) => !this.registry.isOurs(this.services.get(service)!.object));
      const lacking = foreignServiceProblems(foreign.map((service) => ({ service, path: this.pathOf(service) })), plan);
      if (contradictions.length === 0) return { plan, problems: lacking, context };
      return { problems: this.inWords([...contradictions, ...lacking], context), context };
    } catch (error) {
      if (!(error instanceof PlanRefusedError)) throw error;
      return { problems: this.inWords([...contradictions, ...error.problems], context), context };
    }
  }

  private inWords(problems: readonly Problem[], context: RolloutContext): readonly Problem[] {
    const { services, disruptionBudgets, ingresses, autoscaler } = context;
    const around = [...services, ...disruptionBudgets, ...ingresses, ...autoscaler ? [autoscaler] : []];
    return problems.map((problem) => inAuthorsWords(problem, around, (manifest) => this.pathOf(manifest)));
  }

  private pathOf(manifest: Manifest): string {
    const { object } = [...this.seen.values()].find(({ original }) => original === manifest)!;
    return ownerOf(object).node.path;
  }

  private surroundings(): Inventory {
    return this.inventory ??= new Inventory(this.manifests());
  }

  /** One after another, so that the inventory files each while it is at hand. */
  private* manifests(): Iterable<Manifest> {
    for (const object of this.relevant()) yield this.original(object);
  }
}

function refusalOf(workload: ApiObject, problems: readonly Problem[]): PlanRefusedError {
  return new PlanRefusedError(ownerOf(workload).node.path, problems);
}

function notDeployment(kind: string): Problem {
  return {
    id: 'not-a-deployment',
    field: 'The class given to graceful()',
    wanted: 'one that renders a Deployment, as only its rollouts are planned',
    found: kind,
    remedy: 'Use the plain class.',
  };
}
