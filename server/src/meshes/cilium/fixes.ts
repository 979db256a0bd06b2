import type { Resource } from '../../model/resource.js';
import type { Fix } from '../../rules/rule.js';
import { insertItem } from '../../yaml/edit.js';

const DNS_ENTRY = `toEndpoints:
- matchLabels:
    k8s:io.kubernetes.pod.namespace: kube-system
    k8s-app: kube-dns
toPorts:
- ports:
  - port: "53"
    protocol: ANY
  rules:
    dns:
    - matchPattern: "*"`;

/** Lets the pods of a rule ask kube-dns for names, seen by the proxy. */
export function dnsRuleFix(resource: Resource, path: string, text: string): readonly Fix[] {
  const list = resource.root.get(`${path}.egress`);
  return list?.type === 'list' && list.items.length > 0
    ? [{ title: 'Add a DNS rule to this policy', edits: [insertItem(text, list, DNS_ENTRY)] }]
    : [];
}
