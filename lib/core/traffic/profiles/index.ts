import { ALIBABA_CLB } from './alibaba-clb';
import { ALIBABA_NLB } from './alibaba-nlb';
import { AWS_NLB } from './aws-nlb';
import { GENERIC } from './generic';
import { TENCENT_CLB } from './tencent-clb';
import type { ProviderProfile } from '../profile';

/** Every load balancer that is known, in the order in which the documentation shows them. */
export const PROFILES: readonly ProviderProfile[] = [GENERIC, ALIBABA_CLB, ALIBABA_NLB, TENCENT_CLB, AWS_NLB];
