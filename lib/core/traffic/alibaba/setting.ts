import type { Annotations } from '../profile';

/**
 * Full key of a setting of Alibaba Cloud's load balancers.
 *
 * @see kubernetes/cloud-provider-alibaba-cloud:pkg/controller/service/reconcile/annotation/annotations.go
 *
 * @example
 * alibabaKey('connection-drain'); // => 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain'
 */
export function alibabaKey(suffix: string): string {
  return `service.beta.kubernetes.io/alibaba-cloud-loadbalancer-${suffix}`;
}

/**
 * Value under one of these keys, or under the spelling of before 2019-09, which the controller still reads; the newer one wins.
 *
 * @see kubernetes/cloud-provider-alibaba-cloud:pkg/controller/service/reconcile/annotation/annotations.go
 *
 * @example
 * alibabaValue({ 'service.beta.kubernetes.io/alicloud-loadbalancer-scheduler': 'wrr' }, alibabaKey('scheduler')); // => 'wrr'
 */
export function alibabaValue(existing: Annotations, key: string): string | undefined {
  const value: unknown = existing[key] ?? existing[olderOf(key)];
  // `on` without quotes is a boolean for some YAML parsers; the API server refuses what is not a string.
  return typeof value === 'string' ? value : undefined;
}

const OLDER = 'service.beta.kubernetes.io/alicloud-loadbalancer-';

/** By key: what is put together anew is hashed anew in each look-up, and there are few keys for many Services. */
const olderKeys = new Map<string, string>();

function olderOf(key: string): string {
  let older = olderKeys.get(key);
  if (older === undefined) olderKeys.set(key, older = OLDER + key.slice(alibabaKey('').length));
  return older;
}

/** Annotation that says what becomes a target, without the prefix of the others: `eni` for pods, `ecs` for nodes. */
export const BACKEND_TYPE = 'service.beta.kubernetes.io/backend-type';

/**
 * Are the pods the targets? Undefined where the Service does not say: then Flannel means nodes, Terway pods (clusters made after
 * 2020-08-10) or nodes (older), or the controller's own settings decide.
 *
 * @see kubernetes/cloud-provider-alibaba-cloud:pkg/controller/helper/service_utils.go
 *
 * @example
 * alibabaPodDirect({ 'service.beta.kubernetes.io/backend-type': 'eni' }); // => true
 */
export function alibabaPodDirect(existing: Annotations): boolean | undefined {
  const type = existing[BACKEND_TYPE];
  return type === undefined ? undefined : type === 'eni';
}
