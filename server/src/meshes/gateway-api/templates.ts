import type { ResourceTemplate } from '../../rules/editor.js';

const BACKEND = ['spec.rules.0.backendRefs.0.name', 'spec.rules.0.backendRefs.0.port'];

/** What people begin with most; further kinds come with what their schemas require. */
export const templates: readonly ResourceTemplate[] = [
  {
    parts: [
      {
        kind: 'Gateway',
        fill: [
          'spec.gatewayClassName',
          'spec.listeners.0.name=https',
          'spec.listeners.0.port=443',
          'spec.listeners.0.protocol=HTTPS',
          'spec.listeners.0.tls.certificateRefs.0.name',
        ],
      },
    ],
  },
  {
    parts: [
      {
        kind: 'HTTPRoute',
        fill: ['spec.parentRefs.0.name', ...BACKEND],
      },
    ],
  },
  {
    parts: [
      {
        kind: 'GRPCRoute',
        fill: ['spec.parentRefs.0.name', ...BACKEND],
      },
    ],
  },
  { parts: [{ kind: 'TLSRoute', fill: ['spec.parentRefs.0.name', 'spec.hostnames.0=shop.example.com', ...BACKEND] }] },
  { parts: [{ kind: 'TCPRoute', fill: ['spec.parentRefs.0.name', ...BACKEND] }] },
  { parts: [{ kind: 'UDPRoute', fill: ['spec.parentRefs.0.name', ...BACKEND] }] },
  {
    parts: [
      {
        kind: 'BackendTLSPolicy',
        fill: [
          'spec.targetRefs.0.group=""',
          'spec.targetRefs.0.kind=Service',
          'spec.targetRefs.0.name',
          'spec.validation.wellKnownCACertificates=System',
          'spec.validation.hostname=shop.example.com',
        ],
      },
    ],
  },
  { parts: [{ kind: 'GatewayClass', fill: ['spec.controllerName=example.com/controller'] }] },
  {
    title: 'Canary',
    parts: [
      {
        kind: 'HTTPRoute',
        fill: [
          'spec.parentRefs.0.name',
          'spec.rules.0.backendRefs.0.name',
          'spec.rules.0.backendRefs.0.port',
          'spec.rules.0.backendRefs.0.weight=90',
          'spec.rules.0.backendRefs.1.name',
          'spec.rules.0.backendRefs.1.port',
          'spec.rules.0.backendRefs.1.weight=10',
        ],
      },
    ],
  },
  {
    parts: [
      {
        kind: 'ReferenceGrant',
        fill: [
          'spec.from.0.group=gateway.networking.k8s.io',
          'spec.from.0.kind=HTTPRoute',
          'spec.from.0.namespace',
          'spec.to.0.group=""',
          'spec.to.0.kind=Service',
        ],
      },
    ],
  },
];
