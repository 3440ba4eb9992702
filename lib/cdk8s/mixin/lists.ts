import type { ApiObject } from 'cdk8s';
import { fullNameOf, INVENTORY_KINDS, Manifest, membersOf, Problem } from '../../core/index';
import { ownerOf } from './owner-of';
import type { Session } from './session';

/** Is it a list of objects, as kubectl prints them, rather than one object? */
export function isList({ kind, apiGroup }: ApiObject): boolean {
  return kind.endsWith('List') && ['apps', 'core'].includes(apiGroup);
}

const refused = new WeakSet<ApiObject>();

/** Refuses a List that holds anything with a part in a plan, once: its members are no constructs, so none finds or changes them. */
export function refuseList(list: ApiObject, session: Session): void {
  if (refused.has(list)) return;
  refused.add(list);
  session.judge(list, () => {
    const names = hiddenIn(session.original(list));
    return names.length === 0 ? [] : [hiddenInList(ownerOf(list).node.path, names)];
  });
}

/** Other groups have a Service, too. */
const OF_GROUP: Readonly<Record<string, string>> = { Deployment: 'apps/v1', Service: 'v1' };

function hiddenIn(list: Manifest): readonly string[] {
  return membersOf(list)
    .filter(({ apiVersion, kind = '' }) => INVENTORY_KINDS.has(kind) && (OF_GROUP[kind] ?? apiVersion) === apiVersion)
    .map(fullNameOf);
}

function hiddenInList(path: string, names: readonly string[]): Problem {
  return {
    id: 'hidden-in-list', field: `List ${path}`, found: `a list of ${names.join(', ')}`,
    wanted: 'opened, as no plan finds what stands in it',
    remedy: 'Give each of its items a YAML document of its own, which Include reads as well, or name the List in except to leave it as it is.',
  };
}
