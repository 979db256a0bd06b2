import { defineRule } from '../../../rules/rule.js';
import { serversIn } from '../tables.js';
import { CONFIGURED_KINDS, sitesRead } from '../pod-annotations.js';
import { changeFixes } from '../suggestions.js';

export const defaultDenyWithoutAuthorization = defineRule({
  id: 'linkerd/default-deny-without-authorization',
  title: 'Everything denied by default, and no Server to let anything in',
  severity: 'warning',
  category: 'policy',
  effect: 'Every call to these pods is refused, but for probes of the kubelet.',
  why: 'With deny as default only ports that a Server covers, and that a policy opens, can be reached. Without any Server in the namespace no client gets through, those in the mesh neither.',
  remedy: 'Write Servers and policies first, and let the default be audit until the log shows nothing unexpected.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { linkerd.io/inject: enabled, config.linkerd.io/default-inbound-policy: deny } }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { linkerd.io/inject: enabled, config.linkerd.io/default-inbound-policy: audit } }
`,
  },

  kinds: CONFIGURED_KINDS,
  reads: { serversIn },

  *check({ resource, read }) {
    const site = sitesRead(resource, (name) => name === 'config.linkerd.io/default-inbound-policy')[0];
    const place = resource.kind === 'Namespace' ? resource.name : resource.namespace;
    if (site?.value.text() !== 'deny' || place === undefined) return;
    if (read.serversIn(place).length + read.serversIn('?').length > 0) return;
    yield {
      at: site.value,
      message: `No Server in this workspace is in "${place}", so nothing lets a client in.`,
      data: { values: ['audit'], isCertain: false },
    };
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
