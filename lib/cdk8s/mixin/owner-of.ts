import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';

/**
 * The construct that an author knows an object by: the one whose default child it is, else the object itself.
 */
export function ownerOf(object: ApiObject): IConstruct {
  const parent = object.node.scope;
  return parent && !Chart.isChart(parent) && parent.node.defaultChild === object ? parent : object;
}
