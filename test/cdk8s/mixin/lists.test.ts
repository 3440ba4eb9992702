import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Include, Yaml } from 'cdk8s';
import { GracefulRollouts, GracefulRolloutsProps } from '../../../lib/cdk8s/mixin/index';
import { refuseList } from '../../../lib/cdk8s/mixin/lists';
import { aChart, aDeployment, aService, validationLines } from '../an-app';

describe(refuseList, () => {
  const listOf = (...items: readonly object[]) => ({ apiVersion: 'v1', kind: 'List', items });
  const linesOf = (list: object, ...props: readonly GracefulRolloutsProps[]) => {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'kube-graceful-')), 'list.yaml');
    fs.writeFileSync(file, Yaml.stringify(list));
    const chart = aChart();
    new Include(chart, 'included', { url: file });
    for (const one of props) chart.with(new GracefulRollouts(one));
    return validationLines(chart);
  };
  const listPath = 'chart/included/object0-list';

  test('refuses a List where a Deployment or a Service stands in it, once: neither would be written', () => {
    expect(linesOf(listOf(aDeployment(), listOf(aService())), {}, {})).toEqual([
      `[${listPath}] hidden-in-list: List ${listPath} must be opened, as no plan finds what stands in it: current value is a list of Deployment/web, Service/web-public. `
      + 'Give each of its items a YAML document of its own, which Include reads as well, or name the List in except to leave it as it is.',
    ]);
  });

  test('refuses what else has a part in a plan: where it stands in a List no plan heeds it', () => {
    const around = listOf({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web', namespace: 'shop' } }, { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' } });
    expect(linesOf(around, {})).toEqual([expect.stringContaining(': current value is a list of Ingress/web in shop, HorizontalPodAutoscaler/web. ')]);
  });

  test('leaves one that is named in except, or holds nothing that is planned', () => {
    expect(linesOf(listOf(aDeployment()), { except: [listPath] })).toEqual([]);
    expect(linesOf(listOf({ apiVersion: 'v1', kind: 'ConfigMap' }, { apiVersion: 'serving.knative.dev/v1', kind: 'Service' }, {}, null as never), {})).toEqual([]);
  });
});
