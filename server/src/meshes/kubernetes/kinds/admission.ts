import { defineKind, type Emit } from '../../../model/kind.js';
import type { Resource } from '../../../model/resource.js';
import { toLabels } from '../../../model/selectors.js';
import { labelSelectorIn } from '../label-selectors.js';
import { mutatingWebhooks } from '../tables.js';

export const mutatingWebhookConfiguration = defineKind({
  group: 'admissionregistration.k8s.io',
  kind: 'MutatingWebhookConfiguration',
  versions: ['v1'],
  namespaced: false,
  system: 'kubernetes',
  extract(resource, emit) {
    if (resource.name !== '') defineWebhooks(resource, emit);
  },
});

export const validatingWebhookConfiguration = defineKind({
  group: 'admissionregistration.k8s.io',
  kind: 'ValidatingWebhookConfiguration',
  versions: ['v1'],
  namespaced: false,
  system: 'kubernetes',
});

function defineWebhooks(resource: Resource, emit: Emit): void {
  for (const webhook of resource.root.list('webhooks.*')) {
    emit.define(mutatingWebhooks, '', webhook.get('name') ?? webhook, {
      configuration: resource.name,
      name: webhook.text('name') ?? '',
      labels: toLabels(resource.labels),
      namespaceSelector: labelSelectorIn(webhook.get('namespaceSelector')),
      objectSelector: labelSelectorIn(webhook.get('objectSelector')),
    });
  }
}
