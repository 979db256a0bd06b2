import type { ResourceTemplate } from '../../rules/editor.js';

/** What people begin with most; further kinds come with what their schemas require. */
export const templates: readonly ResourceTemplate[] = [
  {
    parts: [
      { kind: 'Mesh', fill: ['spec.mtls.enabledBackend=ca-1', 'spec.mtls.backends.0.name=ca-1', 'spec.mtls.backends.0.type=builtin'] },
    ],
  },
  {
    parts: [
      {
        kind: 'MeshTrafficPermission',
        fill: ['spec.targetRef.kind=Dataplane', 'spec.from.0.targetRef.kind=Mesh', 'spec.from.0.default.action=Allow'],
      },
    ],
  },
  {
    parts: [
      {
        kind: 'MeshHTTPRoute',
        fill: [
          'spec.targetRef.kind=Mesh',
          'spec.to.0.targetRef.kind=MeshService',
          'spec.to.0.targetRef.name',
          'spec.to.0.rules.0.matches.0.path.type=PathPrefix',
          'spec.to.0.rules.0.matches.0.path.value=/',
          'spec.to.0.rules.0.default.backendRefs.0.kind=MeshService',
          'spec.to.0.rules.0.default.backendRefs.0.name',
        ],
      },
    ],
  },
  {
    parts: [
      {
        kind: 'MeshTimeout',
        fill: ['spec.targetRef.kind=Mesh', 'spec.to.0.targetRef.kind=Mesh', 'spec.to.0.default.http.requestTimeout=15s'],
      },
    ],
  },
  {
    parts: [
      {
        kind: 'MeshRetry',
        fill: [
          'spec.targetRef.kind=Mesh',
          'spec.to.0.targetRef.kind=MeshService',
          'spec.to.0.targetRef.name',
          'spec.to.0.default.http.numRetries=3',
        ],
      },
    ],
  },
];
