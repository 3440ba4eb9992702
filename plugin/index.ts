import { componentProviderHost } from '@pulumi/pulumi/provider/experimental';
import { GracefulWorkload } from 'kube-graceful/pulumi';

void componentProviderHost({ name: 'kube-graceful', components: [GracefulWorkload] });
