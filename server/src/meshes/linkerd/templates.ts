import type { ResourceTemplate } from '../../rules/editor.js';

/** What people begin with most; further kinds come with what their schemas require. */
export const templates: readonly ResourceTemplate[] = [
  { parts: [{ kind: 'Server', fill: ['spec.podSelector.matchLabels.*', 'spec.port', 'spec.proxyProtocol=HTTP/1'] }] },
  {
    parts: [
      {
        kind: 'AuthorizationPolicy',
        fill: [
          'spec.targetRef.group=policy.linkerd.io',
          'spec.targetRef.kind=Server',
          'spec.targetRef.name',
          'spec.requiredAuthenticationRefs.0.group=policy.linkerd.io',
          'spec.requiredAuthenticationRefs.0.kind=MeshTLSAuthentication',
          'spec.requiredAuthenticationRefs.0.name',
        ],
      },
    ],
  },
  { parts: [{ kind: 'MeshTLSAuthentication', fill: ['spec.identityRefs.0.kind=ServiceAccount', 'spec.identityRefs.0.name'] }] },
  { parts: [{ kind: 'NetworkAuthentication', fill: ['spec.networks.0.cidr=10.0.0.0/8'] }] },
  {
    title: 'Only callers with an identity',
    parts: [
      { kind: 'Server', fill: ['spec.podSelector.matchLabels.*', 'spec.port=http', 'spec.proxyProtocol=HTTP/1'] },
      { kind: 'MeshTLSAuthentication', fill: ['spec.identityRefs.0.kind=ServiceAccount', 'spec.identityRefs.0.name'] },
      {
        kind: 'AuthorizationPolicy',
        fill: [
          'spec.targetRef.group=policy.linkerd.io',
          'spec.targetRef.kind=Server',
          'spec.targetRef.name=server',
          'spec.requiredAuthenticationRefs.0.group=policy.linkerd.io',
          'spec.requiredAuthenticationRefs.0.kind=MeshTLSAuthentication',
          'spec.requiredAuthenticationRefs.0.name=mesh-tls-authentication',
        ],
      },
    ],
  },
];
