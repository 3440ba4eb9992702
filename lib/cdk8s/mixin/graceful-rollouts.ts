import { ApiObject } from 'cdk8s';
import type { IConstruct, IMixin } from 'constructs';
import type { Problem } from '../../core/index';
import { coreOptions } from './core-options';
import { Precedence } from './declaration';
import type { GracefulProps } from './graceful-props';
import { isList, refuseList } from './lists';
import { ownerOf } from './owner-of';
import { Session } from './session';

/** Options of `GracefulRollouts`: what holds for every Deployment, and what differs. */
export interface GracefulRolloutsProps extends GracefulProps {
  /** Deployments that differ, by construct path or by `metadata.name`; wins over what is said for all. @default - none */
  readonly perWorkload?: Readonly<Record<string, GracefulProps>>;
  /** Deployments to leave as they are, by construct path or by `metadata.name`; a List by its path. @default - none */
  readonly except?: readonly string[];
}

/**
 * Hardens every Deployment below a construct, and the Services below it that lead to them: of any version of cdk8s-plus, raw
 * `ApiObject`, `Include` and `Helm`. It writes into what they render and never creates an object.
 *
 * It replaces nothing that an author typed: options of a `GracefulDeployment` win over `perWorkload`, which wins over the rest.
 * Two mixins that contradict each other are refused, as is a List with anything in it that a plan would heed. Constructs that are added
 * after `with()` are not seen, so it comes last.
 *
 * @example
 * app.with(new GracefulRollouts({ longestRequest: Duration.seconds(20) }));
 * app.synth();
 */
export class GracefulRollouts implements IMixin {
  private readonly unmet: Set<string>;
  private readonly check: () => readonly Problem[];

  constructor(private readonly props: GracefulRolloutsProps = {}) {
    this.unmet = new Set([...Object.keys(props.perWorkload ?? {}), ...props.except ?? []]);
    this.check = () => [...this.unmet].map((name) => unknownWorkload(name));
  }

  /** Deployments and Services, and Lists, which are looked into. */
  public supports(construct: IConstruct): boolean {
    // Here, as nothing is applied where there is no Deployment: then each name is unknown.
    if (this.unmet.size > 0) Session.of(construct).check(this.check);
    return ApiObject.isApiObject(construct) && (isOfKind(construct, 'Deployment', 'Service') || isList(construct));
  }

  public applyTo(construct: IConstruct): void {
    const object = ApiObject.of(construct);
    const session = Session.of(object);
    if (object.kind === 'Service') return session.manage(object);
    const names = [ownerOf(object).node.path, object.node.path, object.name];
    names.forEach((name) => this.unmet.delete(name));
    const { perWorkload = {}, except = [], ...common } = this.props;
    if (names.some((name) => except.includes(name))) return;
    if (isList(object)) return refuseList(object, session);
    session.plan(object, Precedence.COMMON, coreOptions(common));
    for (const name of new Set(names)) {
      if (Object.hasOwn(perWorkload, name)) session.plan(object, Precedence.NAMED, coreOptions(perWorkload[name]));
    }
  }
}

function isOfKind(object: ApiObject, ...kinds: readonly string[]): boolean {
  return kinds.includes(object.kind) && ['apps', 'core'].includes(object.apiGroup);
}

function unknownWorkload(name: string): Problem {
  return {
    id: 'unknown-workload',
    field: 'Each name in perWorkload and except',
    wanted: 'the construct path or metadata.name of a Deployment below the construct that GracefulRollouts was applied to',
    found: JSON.stringify(name),
    remedy: 'Look for a misspelt name, and apply the mixin after everything is created.',
  };
}
