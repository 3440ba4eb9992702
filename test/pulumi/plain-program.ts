import * as pulumi from '@pulumi/pulumi';
import { gracefulTransform } from 'kube-graceful/pulumi';
import type { GracefulTransformOptions } from 'kube-graceful/pulumi';
import { Ran, run } from './registrations';

/** A plain Deployment and its Service, as somebody has them before a transform comes. */
export const container = { name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }] };
export const labels = { app: 'web' };
export const spec = {
  replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container] } },
};
export const metadata = { name: 'web', namespace: 'shop' };
export const service = { metadata, spec: { type: 'LoadBalancer', selector: labels, ports: [{ port: 80, targetPort: 8080 }] } };
export const traffic = [{ service: 'web', mode: 'eni' as const, provider: 'alibaba-clb' }];

/** Runs a program in a component that has the transformation; mocks know no transforms. */
export function under(options: GracefulTransformOptions, program: (parent: pulumi.Resource) => void, preview = false): Promise<Ran<void>> {
  const transformations = [gracefulTransform(options)];
  return run(() => program(new pulumi.ComponentResource('shop:index:Chart', 'chart', {}, { transformations })), preview);
}
