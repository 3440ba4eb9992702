import { ApiObject, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { disruptionBudgetSpec } from '../../core/index';
import type { Manifest, Workload } from '../../core/index';
import { Session } from './session';

const HEAD = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' } as const;

/**
 * Adds the PodDisruptionBudget of a workload as a child of its construct, under the workload's name: it lets one pod go at a time, and
 * never none.
 */
export function addDisruptionBudget(scope: Construct, workload: ApiObject): ApiObject {
  return new DisruptionBudget(scope, 'DisruptionBudget', workload, Session.of(scope));
}

/** Renders by itself: it is plain data, so there is nothing in it for cdk8s to resolve. */
class DisruptionBudget extends ApiObject {
  private ownPatches?: JsonPatch[];

  constructor(scope: Construct, id: string, private readonly workload: ApiObject, private readonly session: Session) {
    super(scope, id, { ...HEAD, metadata: { name: workload.name, namespace: workload.metadata.namespace } });
  }

  public override addJsonPatch(...ops: JsonPatch[]): void {
    (this.ownPatches ??= []).push(...ops);
  }

  /** The selector is read from what the workload renders, so that later calls of `select()` count. */
  public override toJson(): Manifest {
    const { spec } = this.session.original(this.workload) as Workload;
    const json = { ...HEAD, metadata: this.metadata.toJson(), spec: disruptionBudgetSpec({ ...spec?.selector }) };
    return this.ownPatches ? JsonPatch.apply(json, ...this.ownPatches) : json;
  }
}
