import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { hostProbe } from './host-probe.js';

const policy = (rule: string, mark = '', mode = 'ambient') => `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
${mark}
      - fromEndpoints: [{}]
      - ${rule}
    ---
    kind: Namespace
    metadata: { name: shop, labels: { istio.io/dataplane-mode: ${mode} } }
    ---
    kind: Deployment
    metadata: { name: web, namespace: shop }
    spec: { template: { metadata: { labels: { app: web } } } }
`;

test('tells of health checks that no policy allows', () => {
  check(hostProbe, policy('{ fromEntities: [remote-node] }', '    # ^^^^^^^ info cilium/host-probe 💡'));
  check(hostProbe, policy('{ fromEntities: [host] }'));
  check(hostProbe, policy('{ fromCIDR: [169.254.0.0/16] }'));
  check(hostProbe, policy('{ fromEntities: [remote-node] }', '', 'none'));
});
