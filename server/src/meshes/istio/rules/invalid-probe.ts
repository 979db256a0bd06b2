import { defineRule } from '../../../rules/rule.js';
import { lacks, lacksItems, placeOfKey, placeOfLack, quoted, writtenText } from '../validation/values.js';

export const invalidProbe = defineRule({
  id: 'istio/invalid-probe',
  title: 'Probe of a WorkloadGroup that nothing can run',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'The agent on a virtual machine checks health by an HTTP request, a TCP connection or a command. gRPC is in the schema, but the control plane refuses it, and names of headers are letters, digits and "-".',
  remedy: 'Use "httpGet", "tcpSocket" or "exec".',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: { name: cart, namespace: shop }
spec:
  template: { serviceAccount: cart }
  probe: { grpc: { port: 9090 } }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: { name: cart, namespace: shop }
spec:
  template: { serviceAccount: cart }
  probe: { tcpSocket: { port: 9090 } }
`,
  },

  kinds: ['WorkloadGroup'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    const probe = root.map('spec.probe');
    if (!probe) return;
    if (probe.has('grpc')) yield { at: probe.entry('grpc')!.keyRange, message: 'The control plane knows no probe by gRPC.' };
    else if (lacks(resource, probe, 'httpGet', 'tcpSocket', 'exec'))
      yield { at: placeOfLack(root, probe), message: 'This probe has no method.' };
    const command = probe.map('exec');
    if (command && lacksItems(resource, command, 'command'))
      yield { at: placeOfKey(root, command, 'command'), message: 'This probe has no command.' };
    for (const at of probe.list('httpGet.httpHeaders.*.name')) {
      const name = writtenText(at);
      // The schema refuses all others.
      if (name !== undefined && name.includes('_') && /^[-_A-Za-z0-9]+$/.test(name))
        yield { at, message: `${quoted(name)} is no name of a header that a probe can send.` };
    }
  },
});
