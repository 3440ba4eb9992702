import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { applyPlan, Inventory, PlanRefusedError, planRollout } from '../../core/index';
import type { Manifest, Problem, RolloutContext, RolloutPlan, Service, Workload } from '../../core/index';
import type { Merged } from './declaration';
import { withoutDefaultReplicas } from './default-replicas';
import { foreignServiceProblems } from './foreign-services';
import { inAuthorsWords } from './in-authors-words';
import { ownerOf } from './owner-of';
import { originalOf } from './rewrite';

/** What the snapshot must know of the constructs that were declared. */
export interface Registry {
  /** Options of a workload that is to be planned; undefined for any other object. */
  optionsOf(object: ApiObject): Merged | undefined;
  /** May what it renders be rewritten? */
  isOurs(object: ApiObject): boolean;
}

/** A plan, and what it is to be applied to: what the object renders, without what only its toolkit put there. */
export interface Planned {
  readonly plan: RolloutPlan;
  readonly workload: Workload;
}

/** What became of a workload. */
export interface Outcome {
  /** Absent where it cannot be planned. */
  readonly planned?: Planned;
  /** All that is wrong with it, and around it. */
  readonly problems: readonly Problem[];
}

/** Only these kinds have a part in a plan; no other object is rendered. */
const RELEVANT = new Set(['Deployment', 'Service', 'Ingress', 'HorizontalPodAutoscaler', 'ScaledObject', 'PodDisruptionBudget']);

/** An app at one moment: each object is rendered at most once, each workload planned at most once. */
export class Snapshot {
  private readonly originals = new Map<ApiObject, Manifest>();
  private readonly objects = new Map<Manifest, ApiObject>();
  private readonly outcomes = new Map<ApiObject, Outcome>();
  private inventory?: Inventory;
  private found?: readonly ApiObject[];

  constructor(private readonly registry: Registry, private readonly root: IConstruct) {}

  /** What an object renders without our rewrites. */
  public original(object: ApiObject): Manifest {
    const known = this.originals.get(object);
    if (known) return known;
    const manifest = originalOf(object);
    this.originals.set(object, manifest);
    this.objects.set(manifest, object);
    return manifest;
  }

  /** What an object renders with every plan that has a part in it. */
  public rewritten(object: ApiObject): Manifest {
    if (this.registry.optionsOf(object)) {
      const { workload, plan } = this.plannedOf(object);
      return applyPlan(workload, plan).manifest;
    }
    const service = this.original(object) as Service;
    let manifest = service;
    for (const workload of this.surroundings().workloadsOf(service).map((one) => this.objectOf(one))) {
      if (this.registry.optionsOf(workload)) manifest = applyPlan(manifest, this.plannedOf(workload).plan).manifest;
    }
    return manifest;
  }

  /** @throws {PlanRefusedError} If it cannot be planned. */
  public plannedOf(workload: ApiObject): Planned {
    const { planned, problems } = this.outcomeOf(workload);
    if (!planned) throw new PlanRefusedError(ownerOf(workload).node.path, problems);
    return planned;
  }

  public outcomeOf(workload: ApiObject): Outcome {
    let outcome = this.outcomes.get(workload);
    if (!outcome) this.outcomes.set(workload, outcome = this.plan(workload));
    return outcome;
  }

  /** Does a Service select the pods of a workload? */
  public selects(service: ApiObject, workload: ApiObject): boolean {
    return this.surroundings().workloadsOf(this.original(service) as Service).some((selected) => this.objects.get(selected) === workload);
  }

  /** Every object that may have a part in a plan. */
  public relevant(): readonly ApiObject[] {
    const isRelevant = (construct: IConstruct): construct is ApiObject => ApiObject.isApiObject(construct) && RELEVANT.has(construct.kind);
    return this.found ??= this.root.node.findAll().filter(isRelevant);
  }

  private plan(object: ApiObject): Outcome {
    if (object.kind !== 'Deployment') return { problems: [notDeployment(object.kind)] };
    const { options, problems: contradictions } = this.registry.optionsOf(object) ?? { options: {}, problems: [] };
    const context = this.contextOf(object);
    try {
      const plan = planRollout(options, context);
      const foreign = context.services.filter((service) => !this.registry.isOurs(this.objectOf(service)));
      const lacking = foreignServiceProblems(foreign.map((service) => ({ service, path: this.pathOf(service) })), plan);
      if (contradictions.length === 0) return { planned: { plan, workload: context.workload }, problems: lacking };
      return { problems: this.inWords([...contradictions, ...lacking], context) };
    } catch (error) {
      if (!(error instanceof PlanRefusedError)) throw error;
      return { problems: this.inWords([...contradictions, ...error.problems], context) };
    }
  }

  private contextOf(object: ApiObject): RolloutContext {
    const context = this.surroundings().contextOf(this.original(object) as Workload);
    return context.autoscaler ? { ...context, workload: withoutDefaultReplicas(object, context.workload) } : context;
  }

  private inWords(problems: readonly Problem[], context: RolloutContext): readonly Problem[] {
    const { services, disruptionBudgets, ingresses, autoscaler } = context;
    const around = [...services, ...disruptionBudgets, ...ingresses, ...autoscaler ? [autoscaler] : []];
    return problems.map((problem) => inAuthorsWords(problem, around, (manifest) => this.pathOf(manifest)));
  }

  private objectOf(manifest: Manifest): ApiObject {
    return this.objects.get(manifest) as ApiObject;
  }

  private pathOf(manifest: Manifest): string {
    return ownerOf(this.objectOf(manifest)).node.path;
  }

  private surroundings(): Inventory {
    return this.inventory ??= new Inventory(this.relevant().map((object) => this.original(object)));
  }
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
