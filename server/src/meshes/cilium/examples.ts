/** A policy for the web pods of "shop", with what stands below its selector: lines of two blanks or more. */
export function policyWith(below: string): string {
  return `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: web } }
${below.replace(/^\n|\n$/g, '')}
`;
}

/** The same for the pods of every namespace. */
export function clusterwidePolicyWith(below: string): string {
  return policyWith(below)
    .replace('kind: CiliumNetworkPolicy', 'kind: CiliumClusterwideNetworkPolicy')
    .replace('{ name: web, namespace: shop }', '{ name: web }');
}

/** A rule that lets the pods of "shop" ask for names. */
export const DNS_RULE = `  - toEndpoints: [{ matchLabels: { "k8s:io.kubernetes.pod.namespace": kube-system, "k8s-app": kube-dns } }]
    toPorts:
    - ports: [{ port: "53", protocol: ANY }]
      rules: { dns: [{ matchPattern: "*" }] }`;

/** A Deployment of "shop" by its name, which is its label, too. */
export function deploymentOf(name: string, namespace = 'shop'): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: ${name}, image: "example.org/${name}:1", ports: [{ name: http, containerPort: 8080 }] }] }
`;
}
