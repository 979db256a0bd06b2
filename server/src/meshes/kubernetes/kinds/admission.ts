import { defineKind, type Emit } from '../../../model/kind.js';
import type { Resource } from '../../../model/resource.js';
import { toLabels } from '../../../model/selectors.js';
import type { YamlNode } from '../../../yaml/node.js';
import { mutatingWebhooks, type LabelSelector } from '../tables.js';

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
      namespaceSelector: selectorIn(webhook.get('namespaceSelector')),
      objectSelector: selectorIn(webhook.get('objectSelector')),
    });
  }
}

function selectorIn(node: YamlNode | undefined): LabelSelector {
  return {
    matchLabels: toLabels(node?.map('matchLabels')?.texts() ?? new Map()),
    matchExpressions: (node?.list('matchExpressions.*') ?? []).flatMap((it) => {
      const key = it.text('key');
      return key === undefined
        ? []
        : [{ key, operator: it.text('operator') ?? '', values: it.list('values.*').flatMap((value) => value.text() ?? []) }];
    }),
  };
}
