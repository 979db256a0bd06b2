import type { ResourceTemplate } from '../../rules/editor.js';

/** What people begin with most; further kinds come with what their schemas require. */
export const templates: readonly ResourceTemplate[] = [
  {
    parts: [
      {
        kind: 'CiliumNetworkPolicy',
        fill: [
          'spec.endpointSelector.matchLabels.*',
          'spec.ingress.0.fromEndpoints.0.matchLabels.*',
          'spec.ingress.0.toPorts.0.ports.0.port="8080"',
          'spec.ingress.0.toPorts.0.ports.0.protocol=TCP',
          'spec.ingress.0.toPorts.0.rules.http.0.method=GET',
          'spec.ingress.0.toPorts.0.rules.http.0.path=/.*',
        ],
      },
    ],
  },
  {
    title: 'Egress by name',
    parts: [
      {
        kind: 'CiliumNetworkPolicy',
        fill: [
          'spec.endpointSelector.matchLabels.*',
          'spec.egress.0.toEndpoints.0.matchLabels.*',
          'spec.egress.1.toFQDNs.0.matchName=api.example.com',
        ],
      },
    ],
  },
];
