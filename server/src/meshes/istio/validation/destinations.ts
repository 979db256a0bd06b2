import type { YamlNode } from '../../../yaml/node.js';

/** Every destination of a VirtualService, mirrors too, and the proxy that a Sidecar sends unknown traffic to. */
export function destinationNodes(root: YamlNode): readonly YamlNode[] {
  return [
    ...['http', 'tcp', 'tls'].flatMap((it) => root.list(`spec.${it}.*.route.*.destination`)),
    ...root.list('spec.http.*.mirror'),
    ...root.list('spec.http.*.mirrors.*.destination'),
    ...root.list('spec.outboundTrafficPolicy.egressProxy'),
  ];
}
