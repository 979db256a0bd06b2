import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { probeNotOverwritten } from './probe-not-overwritten.js';

test('probes behind a transparent proxy', () => {
  check(
    probeNotOverwritten,
    `
    kind: Deployment
    metadata: { name: a, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/connect-inject: 'true'
            consul.hashicorp.com/transparent-proxy-overwrite-probes: 'false'
    #< warning consul/probe-not-overwritten 💡
        spec: { containers: [{ name: a, image: a, livenessProbe: { httpGet: { path: /, port: 8080 } } }] }
    ---
    kind: Deployment
    metadata: { name: b, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/connect-inject: 'true'
            consul.hashicorp.com/transparent-proxy-overwrite-probes: 'false'
            consul.hashicorp.com/transparent-proxy-exclude-inbound-ports: '8080'
        spec: { containers: [{ name: b, image: b, livenessProbe: { httpGet: { path: /, port: 8080 } }, readinessProbe: { tcpSocket: { port: 9090 } } }] }
  `,
  );
});
