import type { Annotations, DrainProfile } from '../profile';
import { wholeNumber } from '../whole-number';
import { alibabaKey, alibabaValue } from './setting';

/** Seconds that both of Alibaba Cloud's layer 4 products take: 10 to 900. NLB's page also says 0 to 900, where 0 cuts at once. */
const MIN_SECONDS = 10;
const MAX_SECONDS = 900;

const SWITCH = alibabaKey('connection-drain');
const TIMEOUT = alibabaKey('connection-drain-timeout');

/**
 * Connection drain of Alibaba Cloud's CLB and NLB: a switch and a time, always written together. On without a usable time counts
 * as 0 s, since NLB's controller sends 0 then and CLB demands the time.
 *
 * @param source Where the product's rows were read.
 *
 * @example
 * alibabaDrain('...').annotations(40, {})['service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain-timeout']; // => '40'
 */
export function alibabaDrain(source: string): DrainProfile {
  return { minSeconds: MIN_SECONDS, maxSeconds: MAX_SECONDS, annotations: write, read, source };
}

function write(seconds: number): Annotations {
  return { [SWITCH]: 'on', [TIMEOUT]: String(seconds) };
}

/** `true`, as some manifests have it, is not `on`: both controllers leave drain off then. */
function read(existing: Annotations): number | undefined {
  if (alibabaValue(existing, SWITCH)?.toLowerCase() !== 'on') return undefined;
  const seconds = wholeNumber(alibabaValue(existing, TIMEOUT)) ?? 0;
  return seconds >= MIN_SECONDS && seconds <= MAX_SECONDS ? seconds : 0;
}
