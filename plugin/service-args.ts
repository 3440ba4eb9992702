import type * as pulumi from '@pulumi/pulumi';
import * as typed from 'kube-graceful/pulumi';
import { typedDeployment } from './deployment-args';
import type { DeploymentElsewhere } from './deployment-args';
import type { FreeForm } from './free-form';
import { foundOf, inWords, refusal } from './in-words';
import type { Words } from './in-words';

/** What every Service with a load balancer takes, in words that every language of Pulumi has. */
export interface LoadBalancerServiceArgs {
  /**
   * The deployment behind it: what its component was told, word for word. Never one of that component's outputs, as a component that is
   * made in a plugin answers only when its children are there: the Service would wait for pods that wait for the Service.
   */
  readonly deployment: DeploymentElsewhere;
  /** Name of the Service, plain. @default - the name of the resource */
  readonly metadataName?: string;
  /** Labels of the Service. @default - none */
  readonly labels?: pulumi.Input<{ [key: string]: string }>;
  /** Annotations of the Service. @default - only what the plan needs */
  readonly annotations?: pulumi.Input<{ [key: string]: string }>;
  /** Port that clients use. @default - `spec.ports` has it */
  readonly port?: pulumi.Input<number>;
  /** Port of the pods, beside `port`. @default - `port` if a container declares it, else the only port that is declared */
  readonly targetPort?: pulumi.Input<number>;
  /** Name of the port, beside `port`. @default - none */
  readonly portName?: pulumi.Input<string>;
  /** Beside `port`. @default 'TCP' */
  readonly protocol?: pulumi.Input<string>;
  /** Id of the provider's profile, as the deployment was told. @default - as the deployment was told */
  readonly provider?: pulumi.Input<string>;
  /** The rest of the spec as Kubernetes has it. @default - only what the plan needs */
  readonly spec?: pulumi.Input<FreeForm>;
  /** URNs under which the Service itself was known before. @default - none */
  readonly serviceAliases?: string[];
}

/** Of the deployment behind a Service, whose name has no default. */
const ELSEWHERE: Words = [[/\bmetadata\.name\b/g, 'deployment.metadataName'], [/; without it the name of the resource is taken/, '']];

/** The same for the typed components. */
export function typedService(resourceName: string, args: LoadBalancerServiceArgs): typed.LoadBalancerServiceArgs {
  const { deployment, metadataName: name, labels, annotations, ...rest } = args;
  const metadata = Object.fromEntries(Object.entries({ name, labels, annotations }).filter(([, value]) => value !== undefined));
  const { metadataName } = deployment;
  if (typeof metadataName !== 'string' || metadataName === '') {
    throw refusal(`Service/${resourceName}`, [{
      id: 'no-plain-name', field: 'deployment.metadataName', found: metadataName === '' ? 'not set' : foundOf(metadataName),
      wanted: 'a plain string, as the pods are planned before anything exists', remedy: 'Give it as a plain value.',
    }]);
  }
  const elsewhere = inWords(() => new typed.DeploymentElsewhere(metadataName, typedDeployment(deployment)), ELSEWHERE);
  return { ...rest, metadata, deployment: elsewhere } as typed.LoadBalancerServiceArgs;
}
