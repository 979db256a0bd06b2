import { keptForLatest } from '../../../yaml/latest.js';
import type { YamlList, YamlNode } from '../../../yaml/node.js';

/** Every destination of a VirtualService, mirrors too, and the proxy that a Sidecar sends unknown traffic to. */
export const destinationNodes = keptForLatest((root): readonly YamlNode[] => [
  ...root.list('spec.http.*.route.*.destination'),
  ...root.list('spec.tcp.*.route.*.destination'),
  ...root.list('spec.tls.*.route.*.destination'),
  ...root.list('spec.http.*.mirror'),
  ...root.list('spec.http.*.mirrors.*.destination'),
  ...root.list('spec.outboundTrafficPolicy.egressProxy'),
]);

/** The destinations of each route of a VirtualService that lists some: of http, tcp and tls. */
export const routeLists = keptForLatest((root): readonly YamlList[] =>
  ['spec.http.*.route', 'spec.tcp.*.route', 'spec.tls.*.route'].flatMap((path) => root.list(path).filter((it) => it.type === 'list')),
);
