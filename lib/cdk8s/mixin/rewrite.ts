import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Manifest } from '../../core/index';

/** The render that cdk8s itself does; under a registered symbol, so that a second copy of this package finds it, too. */
const ORIGINAL = Symbol.for('kube-graceful.cdk8s.original');

type Render = () => Manifest;
type Hooked = ApiObject & { [ORIGINAL]?: Render };

/**
 * Replaces what one object renders by a function of what it would render.
 *
 * JSON patches of cdk8s run before cdk8s-plus drops each field that its Kubernetes version does not know, silently; this runs
 * after both. It is no official hook: a test fails if cdk8s stops to call `toJson` as a method of the object.
 *
 * @param target The object, or a construct whose default child it is.
 * @param rewrite Gets the render before it, and the object; must not change what that returns.
 * @see https://github.com/cdk8s-team/cdk8s-core/issues/72
 */
export function onManifest(target: IConstruct, rewrite: (render: Render, object: ApiObject) => Manifest): void {
  const object = ApiObject.of(target) as Hooked;
  const render = object.toJson.bind(object) as Render;
  object[ORIGINAL] ??= render;
  object.toJson = () => rewrite(render, object);
}

/** What an object renders without any of our rewrites, computed anew. */
export function originalOf(object: ApiObject): Manifest {
  return ((object as Hooked)[ORIGINAL] ?? (() => object.toJson() as Manifest))();
}
