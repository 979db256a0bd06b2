import { defineRule } from '../../../rules/rule.js';
import { EXCLUDED_NAMESPACES, INJECT, isOn, namespaceInjection, WEBHOOKS_LABEL } from '../injection.js';
import { CONFIGURED_KINDS, sitesRead } from '../pod-annotations.js';

export const injectExcludedNamespace = defineRule({
  id: 'linkerd/inject-excluded-namespace',
  title: 'Injection asked for in a namespace where nothing is injected',
  severity: 'warning',
  category: 'semantics',
  effect: 'Pods get no proxy.',
  why: 'The injector is not asked about pods of kube-system and cert-manager, nor of namespaces with the label config.linkerd.io/admission-webhooks: disabled.',
  remedy: 'Take the annotation out, or the label that turns the webhooks off.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: cert-manager, annotations: { linkerd.io/inject: enabled } }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { linkerd.io/inject: enabled } }
`,
  },

  kinds: CONFIGURED_KINDS,
  reads: { namespaceInjection },

  *check({ resource, read }) {
    const site = sitesRead(resource, (name) => name === INJECT)[0];
    if (site === undefined || !isOn(site.value.text())) return;
    const isNamespace = resource.kind === 'Namespace';
    const name = isNamespace ? resource.name : resource.namespace;
    if (name === undefined) return;
    const place = isNamespace ? undefined : read.namespaceInjection(name);
    const label = isNamespace ? resource.labels.get(WEBHOOKS_LABEL) : place?.data.labels[WEBHOOKS_LABEL];
    if (EXCLUDED_NAMESPACES.includes(name)) yield { at: site.value, message: `The injector leaves pods of "${name}" alone.` };
    else if (label === 'disabled')
      yield {
        at: site.value,
        message: `The label ${WEBHOOKS_LABEL}: disabled keeps the injector away from "${name}".`,
        related: place ? [{ at: place, message: `Namespace "${name}" has the label` }] : [],
      };
  },
});
