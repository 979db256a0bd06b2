import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { accountExists, accountNames, accountsInView } from '../identities.js';

export const unknownGroupAccount = defineRule({
  id: 'istio/unknown-group-account',
  title: 'WorkloadGroup runs as a ServiceAccount that does not exist',
  severity: 'warning',
  category: 'reference',
  peers: ['KIA1701'],
  effect: 'Machines of the group get no certificate.',
  why: 'A machine joins the mesh with a token of the account that its WorkloadGroup names. No account, no token.',
  remedy: 'Create the ServiceAccount, or correct the name.',
  otherTools: 'Kiali wants a workload that runs as the account; here a declared ServiceAccount is enough.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: { name: legacy, namespace: shop }
spec:
  template: { serviceAccount: legacy }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: { name: legacy, namespace: shop }
spec:
  template: { serviceAccount: legacy }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: legacy, namespace: shop }
`,
  },

  kinds: ['WorkloadGroup'],
  reads: { accountExists, accountNames, accountsInView },

  *check({ resource, read }) {
    const node = resource.root.get('spec.template.serviceAccount');
    const account = node?.text();
    if (node === undefined || account === undefined || account === '') return;
    const namespace = namespaceKey(resource.namespace);
    if (read.accountExists(`${namespace}/${account}`)) return;
    const view = read.accountsInView(namespace);
    const near = nearest(account, read.accountNames(namespace));
    yield {
      at: node,
      certainty: near !== undefined ? 'near' : view === 'external' ? 'unseen' : view,
      message: `No ServiceAccount "${account}" exists${resource.namespace === undefined ? '' : ` in "${namespace}"`}${near === undefined ? '' : ` ("${near}" exists)`}.`,
      ...(near !== undefined && { data: near }),
    };
  },

  fix({ resource, problem, text }) {
    const { name, namespace } = { name: resource.root.text('spec.template.serviceAccount'), namespace: resource.namespace };
    const near = problem.data as string | undefined;
    const node = resource.root.get('spec.template.serviceAccount');
    if (name === undefined || node === undefined) return [];
    return [
      ...(near === undefined ? [] : [{ title: `Change to "${near}"`, preferred: true, edits: [replaceValue(text, node, near)] }]),
      {
        title: `Create ServiceAccount "${name}"`,
        edits: [
          {
            appendDocument: `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n${namespace === undefined ? '' : `  namespace: ${namespace}\n`}`,
          },
        ],
      },
    ];
  },
});
