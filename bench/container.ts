import { ImagePullPolicy, Probe, type ContainerProps } from 'cdk8s-plus-28';

/** The container that both ways of writing a pair share. */
export const container: ContainerProps = {
  name: 'web',
  image: 'shop/web:1.4',
  imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
  ports: [{ number: 8080, name: 'http' }],
  readiness: Probe.fromHttpGet('/ready', { port: 8080 }),
};
