import { readFileSync } from 'node:fs';
import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { gracefulTransform } from 'kube-graceful/pulumi';

// The four ways of Pulumi to take what others wrote, as they stood before (`plain`), and under one transform (`hardened`).
const { NAMESPACE: namespace = '', STAGE = 'plain' } = process.env;

const names = ['chart-v3', 'chart-v4', 'yaml-v1', 'yaml-v2'];
if (STAGE === 'hardened') {
  const told = (service: string) => [service, { longestRequestSeconds: 5, traffic: [{ service, mode: 'cluster' as const, provider: 'alibaba-clb' }] }];
  void pulumi.runtime.registerResourceTransform(gracefulTransform({ perWorkload: Object.fromEntries(names.map(told)) }));
}

/** What the chart renders for a release, for the ways that take YAML. */
const rendered = (release: string) => readFileSync('chart/templates/web.yaml', 'utf8')
  .replaceAll('{{ .Release.Name }}', release).replaceAll('{{ .Values.replicas }}', '2').replace(/^ {2}name: .+$/gm, `$&\n  namespace: ${namespace}`);

new k8s.helm.v3.Chart('chart-v3', { path: 'chart', namespace, values: { replicas: 2 } });
new k8s.helm.v4.Chart('chart-v4', { chart: './chart', namespace, values: { replicas: 2 } });
new k8s.yaml.ConfigGroup('yaml-v1', { yaml: rendered('yaml-v1') });
new k8s.yaml.v2.ConfigGroup('yaml-v2', { yaml: rendered('yaml-v2') });
