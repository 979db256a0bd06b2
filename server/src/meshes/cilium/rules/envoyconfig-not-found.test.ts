import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { envoyconfigNotFound } from './envoyconfig-not-found.js';

const policy = (name: string, config: string, mark = '') => `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      egress:
      - toPorts:
        - listener: { name: ${name}, envoyConfig: { name: ${config} } }
${mark}
    ---
    kind: CiliumEnvoyConfig
    metadata: { name: cec, namespace: shop }
    spec:
      resources:
      - { "@type": type.googleapis.com/envoy.config.listener.v3.Listener, name: good }
      - { "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: bad }
`;

test('reports configs and listeners that are not there', () => {
  check(
    envoyconfigNotFound,
    policy(
      'bad',
      'cec',
      '    #                       ^^^ error cilium/envoyconfig-not-found 💡 "CiliumEnvoyConfig "cec" has no listener "bad" (it has "good")."',
    ),
  );
  check(
    envoyconfigNotFound,
    policy('good', 'other', '    #                                                  ^^^^^ error cilium/envoyconfig-not-found'),
  );
  check(envoyconfigNotFound, policy('good', 'cec'));
  check(
    envoyconfigNotFound,
    policy('good', '{ kind: CiliumClusterwideEnvoyConfig, name: x }').replace('{ name: { kind', '{ kind').replace('x } }', 'x }'),
  );
});
