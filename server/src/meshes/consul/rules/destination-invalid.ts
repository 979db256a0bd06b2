import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { keyAt, lacks } from '../fields.js';
import { REFUSED } from '../names.js';

export const destinationInvalid = defineRule({
  id: 'consul/destination-invalid',
  title: 'External destination that Consul does not take',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'A destination outside of the mesh is one or more addresses or names of hosts, each once and without wildcards, and a port.',
  remedy: 'Write full addresses or names, and a port from 1 to 65535.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec:
  protocol: tcp
  destination: { addresses: ['*.example.com'], port: 443 }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec:
  protocol: tcp
  destination: { addresses: [api.example.com], port: 443 }
`,
  },

  kinds: ['ServiceDefaults'],
  reads: {},

  *check({ resource }) {
    const destination = resource.root.map('spec.destination');
    if (destination === undefined) return;
    if (lacks(resource, destination, 'addresses'))
      yield { at: keyAt(resource, 'spec.destination.addresses'), message: 'This destination has no address.' };
    const seen = new Set<string>();
    for (const node of destination.list('addresses.*')) {
      const address = node.text();
      if (address === undefined) continue;
      if (seen.has(address)) yield { at: node, message: `Address "${shown(address)}" is listed twice.` };
      else if (address === '') yield { at: node, message: 'An address is empty.' };
      else if (address.includes('*')) yield { at: node, message: `Address "${shown(address)}" has a wildcard; a destination takes none.` };
      else if (!isAddress(address)) yield { at: node, message: `"${shown(address)}" is neither an address nor the name of a host.` };
      seen.add(address);
    }
    const port = destination.get('port');
    if (port === undefined ? lacks(resource, destination, 'port') : port.type === 'scalar' && !port.opaque && !isPort(port.number()))
      yield {
        at: port && port.start < port.end ? port : keyAt(resource, 'spec.destination.port'),
        message: 'A destination needs a port from 1 to 65535.',
      };
  },
});

function isPort(number: number | undefined): boolean {
  return number !== undefined && number >= 1 && number <= 65_535;
}

function isAddress(text: string): boolean {
  if (/^[0-9a-fA-F:.]+$/.test(text) && text.includes(':')) return true;
  if (text.length > 253) return false;
  return text.split('.').every((label) => /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/.test(label));
}
