// How YAML and Helm charts become resources in the stand-in: as the vendor's provider does it, for what the tests use.
const { execFile } = require('node:child_process');

const project = process.env.LAB_PROJECT ?? process.cwd();
const pulumi = require(require.resolve('@pulumi/pulumi', { paths: [project] }));
const yaml = require(require.resolve('js-yaml', { paths: [require.resolve('@pulumi/pulumi', { paths: [project] })] }));

/** Objects of a YAML text, lists taken apart. */
const decode = (text) => yaml.loadAll(text).filter(Boolean).flatMap((one) => (one.kind === 'List' ? one.items : [one]));

/** Objects of a chart in a folder. */
function template({ chart, release, namespace, values }) {
  return new Promise((resolve, reject) => {
    const args = ['template', release, chart, '--values', '-', ...(namespace ? ['--namespace', namespace] : [])];
    const child = execFile('helm', args, { cwd: project, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      error ? reject(new Error(stderr.trim() || error.message)) : resolve(decode(stdout).map((one) => within(one, namespace))));
    child.stdin.end(JSON.stringify(values ?? {}));
  });
}

/** A chart's objects come in its namespace, wherever the chart says it or not. */
const within = (one, namespace) => (namespace ? { ...one, metadata: { ...one.metadata, namespace: one.metadata.namespace ?? namespace } } : one);

/** The two functions that components of the Node.js SDK (`yaml.ConfigGroup`, `helm.v3.Chart`) call. */
async function invoke(token, args) {
  if (token === 'kubernetes:yaml:decode') return { outputs: { result: decode(args.text) } };
  if (token === 'kubernetes:helm:template') {
    const { path: chart, release_name: release, namespace, values } = JSON.parse(args.jsonOpts);
    return { outputs: { result: await template({ chart, release, namespace, values }) } };
  }
  throw new Error(`the stand-in does not know ${token}`);
}

/** The components that the provider itself makes (`yaml.v2.ConfigGroup`, `helm.v4.Chart`). */
async function construct(name, type, inputs, options) {
  const component = new pulumi.ComponentResource(type, name, {}, options);
  const objects = type === 'kubernetes:helm.sh/v4:Chart'
    ? await template({ chart: inputs.chart, release: inputs.name ?? name, namespace: inputs.namespace, values: inputs.values })
    : decode(inputs.yaml);
  const resources = objects.map((object) => {
    const token = `kubernetes:${object.apiVersion === 'v1' ? 'core/v1' : object.apiVersion}:${object.kind}`;
    const { namespace = 'default', name: objectName } = object.metadata;
    return new pulumi.CustomResource(token, `${inputs.resourcePrefix ?? name}:${namespace}/${objectName}`, object, { parent: component });
  });
  return { urn: component.urn, state: { resources } };
}

module.exports = { construct, invoke };
