/** Files of a made-up repository with some number of services, each as real ones have it; the same files for the same number. */
export function shopOf(services: number): readonly { readonly uri: string; readonly text: string }[] {
  const files: { uri: string; text: string }[] = [];
  const add = (path: string, ...documents: string[]) => files.push({ uri: `file:///bench/${path}`, text: documents.join('---\n') });
  const namespaces = Math.ceil(services / PER_NAMESPACE);
  for (let n = 0; n < namespaces; n++) {
    const namespace = `team-${n}`;
    add(
      `${namespace}/namespace.yaml`,
      `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${namespace}\n  labels:\n    istio-injection: enabled\n`,
      `apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata:\n  name: default\n  namespace: ${namespace}\nspec:\n  mtls:\n    mode: STRICT\n`,
    );
  }
  for (let i = 0; i < services; i++) {
    const namespace = `team-${Math.floor(i / PER_NAMESPACE)}`;
    const name = `service-${i}`;
    const caller = Math.floor((i * 7) % services);
    const principal = `cluster.local/ns/team-${Math.floor(caller / PER_NAMESPACE)}/sa/service-${caller}`;
    add(
      `${namespace}/${name}.yaml`,
      `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n`,
      `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nspec:\n  selector:\n    app: ${name}\n  ports:\n  - name: http\n    port: 8080\n`,
      ...['v1', 'v2'].map((version) => deployment(name, namespace, version)),
    );
    add(`${namespace}/${name}-routing.yaml`, virtualService(name, namespace), destinationRule(name, namespace));
    add(
      `${namespace}/${name}-access.yaml`,
      `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nspec:\n  selector:\n    matchLabels:\n      app: ${name}\n  action: ALLOW\n  rules:\n  - from:\n    - source:\n        principals:\n        - ${principal}\n`,
    );
  }
  return files;
}

const PER_NAMESPACE = 12;

function deployment(name: string, namespace: string, version: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}-${version}
  namespace: ${namespace}
spec:
  replicas: 2
  selector:
    matchLabels:
      app: ${name}
      version: ${version}
  template:
    metadata:
      labels:
        app: ${name}
        version: ${version}
    spec:
      serviceAccountName: ${name}
      containers:
      - name: main
        image: registry.example.com/${namespace}/${name}:${version}
        ports:
        - containerPort: 8080
        resources:
          requests:
            cpu: 100m
            memory: 128Mi
`;
}

function virtualService(name: string, namespace: string): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  hosts:
  - ${name}
  http:
  - match:
    - headers:
        x-canary:
          exact: "true"
    route:
    - destination:
        host: ${name}
        subset: v2
  - timeout: 5s
    route:
    - destination:
        host: ${name}
        subset: v1
`;
}

function destinationRule(name: string, namespace: string): string {
  return `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  host: ${name}
  subsets:
  - name: v1
    labels:
      version: v1
  - name: v2
    labels:
      version: v2
`;
}
