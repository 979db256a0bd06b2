import type { ResourceTemplate } from '../../rules/editor.js';

/** What people begin with most; further kinds come with what their schemas require. */
export const templates: readonly ResourceTemplate[] = [
  { parts: [{ kind: 'VirtualService', fill: ['spec.hosts.0', 'spec.http.0.route.0.destination.host'] }] },
  { parts: [{ kind: 'DestinationRule', fill: ['spec.host', 'spec.trafficPolicy.loadBalancer.simple'] }] },
  {
    title: 'Canary',
    parts: [
      {
        kind: 'VirtualService',
        fill: [
          'spec.hosts.0',
          'spec.http.0.route.0.destination.host',
          'spec.http.0.route.0.destination.subset=stable',
          'spec.http.0.route.0.weight=90',
          'spec.http.0.route.1.destination.host',
          'spec.http.0.route.1.destination.subset=canary',
          'spec.http.0.route.1.weight=10',
        ],
      },
      {
        kind: 'DestinationRule',
        fill: [
          'spec.host',
          'spec.subsets.0.name=stable',
          'spec.subsets.0.labels.version=v1',
          'spec.subsets.1.name=canary',
          'spec.subsets.1.labels.version=v2',
        ],
      },
    ],
  },
  {
    parts: [
      {
        kind: 'Gateway',
        fill: [
          'spec.selector.*',
          'spec.servers.0.port.number=443',
          'spec.servers.0.port.name=https',
          'spec.servers.0.port.protocol=HTTPS',
          'spec.servers.0.tls.mode=SIMPLE',
          'spec.servers.0.tls.credentialName',
          'spec.servers.0.hosts.0',
        ],
      },
    ],
  },
  {
    parts: [
      {
        kind: 'ServiceEntry',
        fill: [
          'spec.hosts.0',
          'spec.location=MESH_EXTERNAL',
          'spec.resolution=DNS',
          'spec.ports.0.number=443',
          'spec.ports.0.name=tls',
          'spec.ports.0.protocol=TLS',
        ],
      },
    ],
  },
  { parts: [{ kind: 'PeerAuthentication', fill: ['spec.mtls.mode=STRICT|PERMISSIVE|DISABLE'] }] },
  {
    parts: [
      {
        kind: 'AuthorizationPolicy',
        fill: [
          'spec.selector.matchLabels.*',
          'spec.action=ALLOW',
          'spec.rules.0.from.0.source.principals.0',
          'spec.rules.0.to.0.operation.methods.0=GET',
        ],
      },
    ],
  },
  {
    parts: [
      {
        kind: 'RequestAuthentication',
        fill: [
          'spec.selector.matchLabels.*',
          'spec.jwtRules.0.issuer',
          'spec.jwtRules.0.jwksUri=https://example.com/.well-known/jwks.json',
        ],
      },
    ],
  },
  { parts: [{ kind: 'Sidecar', fill: ['spec.egress.0.hosts.0=./*', 'spec.egress.0.hosts.1=istio-system/*'] }] },
  { parts: [{ kind: 'WorkloadEntry', fill: ['spec.address=10.0.0.1', 'spec.labels.*'] }] },
  { parts: [{ kind: 'Telemetry', fill: ['spec.tracing.0.randomSamplingPercentage=1'] }] },
];
