import type { ResourceTemplate } from '../../rules/editor.js';

/** What people begin with most; further kinds come with what their schemas require. */
export const templates: readonly ResourceTemplate[] = [
  { parts: [{ kind: 'ServiceDefaults', fill: ['spec.protocol=http'] }] },
  { parts: [{ kind: 'ServiceIntentions', fill: ['spec.destination.name', 'spec.sources.0.name', 'spec.sources.0.action=allow'] }] },
  { parts: [{ kind: 'ServiceRouter', fill: ['spec.routes.0.match.http.pathPrefix=/', 'spec.routes.0.destination.service'] }] },
  {
    parts: [
      {
        kind: 'ServiceSplitter',
        fill: [
          'spec.splits.0.weight=90',
          'spec.splits.0.serviceSubset=stable',
          'spec.splits.1.weight=10',
          'spec.splits.1.serviceSubset=canary',
        ],
      },
    ],
  },
  { parts: [{ kind: 'ServiceResolver', fill: ['spec.defaultSubset=stable', 'spec.subsets.stable.filter=Service.Meta.version == v1'] }] },
  { parts: [{ kind: 'ProxyDefaults', fill: ['spec.config.protocol=http'] }] },
];
