import { defineRule } from '../../../rules/rule.js';
import { insertEntry, replaceValue } from '../../../yaml/edit.js';
import { podAnnotation, podTemplateOf, POD_KINDS } from '../../kubernetes/pod-templates.js';
import { INJECT, isOn, isUnknownValue, namespaceInjection } from '../injection.js';

export const injectHostNetwork = defineRule({
  id: 'linkerd/inject-host-network',
  title: 'Injection asked for pods on the network of the host',
  severity: 'warning',
  category: 'semantics',
  effect: 'The injector skips them.',
  why: 'A proxy captures the traffic of its pod by rules of the network of the pod. A pod on the network of its host has none of its own, so the injector leaves it alone, without an error.',
  remedy: 'Take hostNetwork out, or annotate the pod template with linkerd.io/inject: disabled, to say that it is meant.',
  example: {
    bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart }, annotations: { linkerd.io/inject: enabled } }
    spec: { hostNetwork: true, containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart }, annotations: { linkerd.io/inject: disabled } }
    spec: { hostNetwork: true, containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: POD_KINDS,
  reads: { namespaceInjection },

  *check({ resource, read }) {
    const pods = podTemplateOf(resource);
    const at = pods?.spec?.get('hostNetwork');
    if (pods === undefined || at?.boolean() !== true) return;
    const own = podAnnotation(pods, INJECT);
    const place = resource.namespace === undefined ? undefined : read.namespaceInjection(resource.namespace);
    const asked = isOn(own) || (isOn(place?.data.annotations[INJECT]) && own !== 'disabled' && !isUnknownValue(own) && !pods.metadataOpen);
    if (!asked) return;
    yield {
      at,
      message: 'Injection is asked for, and pods on the network of the host get no proxy.',
      related: isOn(own) || place === undefined ? [] : [{ at: place, message: `Namespace "${place.data.name}" asks for injection here` }],
    };
  },

  fix({ resource, text }) {
    const pods = podTemplateOf(resource);
    const metadata = pods?.root.map('metadata');
    if (pods === undefined || metadata === undefined) return [];
    const entry = pods.annotations?.entry(INJECT);
    const edit = entry
      ? replaceValue(text, entry.value, 'disabled')
      : pods.annotations
        ? insertEntry(text, pods.annotations, INJECT, 'disabled')
        : insertEntry(text, metadata, 'annotations', `${INJECT}: disabled`);
    return [{ title: 'Set linkerd.io/inject: disabled', edits: [edit] }];
  },
});
