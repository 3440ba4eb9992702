import * as pulumi from '@pulumi/pulumi';

// What an example needs to run on the lab, and nothing else: a namespace of its own, and the lab's image in place of its own, which no
// registry here has.
const { NAMESPACE: namespace } = process.env;

interface Container {
  readonly ports: readonly { readonly containerPort: number }[];
}
interface Spec {
  readonly template: { readonly spec: { readonly containers: readonly Container[] } };
}

const image = { image: 'lab/web:1', imagePullPolicy: 'Never' };
const portOf = ({ ports }: Container) => ({ name: 'PORT', value: `${ports[0].containerPort}` });
const withImage = ({ template: { spec: { containers, ...pod }, ...template }, ...spec }: Spec) => ({
  ...spec,
  template: {
    ...template,
    spec: { ...pod, containers: containers.map((one) => ({ ...one, ...image, env: [portOf(one)] })) },
  },
});

void pulumi.runtime.registerResourceTransform(({ type, props, opts }) => {
  if (!type.startsWith('kubernetes:')) return undefined;
  const metadata = pulumi.output(props.metadata).apply((given: object) => ({ ...given, namespace }));
  const spec = type === 'kubernetes:apps/v1:Deployment' ? pulumi.output<Spec>(props.spec).apply(withImage) : props.spec;
  return { props: { ...props, metadata, spec }, opts };
});
