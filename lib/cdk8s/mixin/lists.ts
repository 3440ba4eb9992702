import type { ApiObject } from 'cdk8s';
import type { Manifest, Problem } from '../../core/index';
import { ownerOf } from './owner-of';
import type { Session } from './session';

/** Is it a list of objects, as kubectl prints them, rather than one object? */
export function isList({ kind, apiGroup }: ApiObject): boolean {
  return kind.endsWith('List') && ['apps', 'core'].includes(apiGroup);
}

const refused = new WeakSet<ApiObject>();

/** Refuses a List with Deployments or Services in it, once: they are no constructs, so no plan finds them and none is written into them. */
export function refuseList(list: ApiObject, session: Session): void {
  if (refused.has(list)) return;
  refused.add(list);
  session.judge(list, () => {
    const names = hiddenIn(session.original(list));
    return names.length === 0 ? [] : [hiddenInList(ownerOf(list).node.path, names)];
  });
}

const PLANNED = new Set(['apps/v1 Deployment', 'v1 Service']);

function hiddenIn({ apiVersion, kind, metadata, items }: Manifest): readonly string[] {
  if (Array.isArray(items)) return (items as readonly (Manifest | null)[]).flatMap((item) => hiddenIn(item ?? {}));
  return PLANNED.has(`${apiVersion} ${kind}`) ? [`${kind}/${metadata?.name}`] : [];
}

function hiddenInList(path: string, names: readonly string[]): Problem {
  return {
    id: 'hidden-in-list', field: `List ${path}`, found: `a list of ${names.join(', ')}`,
    wanted: 'opened, as no plan finds what stands in it',
    remedy: 'Give each of its items a YAML document of its own, which Include reads as well, or name the List in except to leave it as it is.',
  };
}
