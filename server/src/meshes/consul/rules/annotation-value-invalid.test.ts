import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { annotationValueInvalid } from './annotation-value-invalid.js';

test('values of many sorts', () => {
  check(
    annotationValueInvalid,
    `
    kind: Pod
    metadata:
      name: a
      namespace: shop
      annotations:
        consul.hashicorp.com/transparent-proxy: 'on'
    #< error consul/annotation-value-invalid 💡
        consul.hashicorp.com/sidecar-proxy-memory-limit: lots
    #< error consul/annotation-value-invalid
        consul.hashicorp.com/consul-envoy-proxy-concurrency: '-1'
    #< error consul/annotation-value-invalid
        consul.hashicorp.com/prometheus-scrape-port: '80'
    #< error consul/annotation-value-invalid
        consul.hashicorp.com/service-metrics-port: metrics
        consul.hashicorp.com/proxy-config-map: '[]'
    #< error consul/annotation-value-invalid
        consul.hashicorp.com/consul-sidecar-user-volume: '[{"name":"x"}]'
        consul.hashicorp.com/transparent-proxy-exclude-outbound-cidrs: '10.0.0.0/8, 10.0.0.300/8'
    #< error consul/annotation-value-invalid
        consul.hashicorp.com/transparent-proxy-exclude-inbound-ports: '8080, metrics'
        consul.hashicorp.com/sidecar-proxy-cpu-limit: 100m
    spec: { containers: [{ name: a, image: a, ports: [{ name: metrics, containerPort: 9102 }] }] }
  `,
  );
});
