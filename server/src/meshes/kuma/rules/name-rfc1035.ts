import { defineRule } from '../../../rules/rule.js';
import { controlPlane } from '../control-plane.js';

/** Kinds whose names become parts of server names. */
const SERVER_NAMED = ['MeshService', 'MeshExternalService', 'MeshMultiZoneService'];

export const nameRfc1035 = defineRule({
  id: 'kuma/name-rfc1035',
  title: 'A name that is no DNS label',
  severity: 'warning',
  category: 'schema',
  effect: 'Version 3 refuses it.',
  why: 'Names of meshes, zones and services become parts of host names and of the server names that proxies tell routes apart by. They begin with a letter and hold lower-case letters, digits and "-", up to 63.',
  remedy: 'Choose another name; an object that exists has to be made anew.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: Mesh
metadata: { name: 1st-mesh }
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: Mesh
metadata: { name: first-mesh }
`,
  },

  kinds: ['Mesh', 'Zone', ...SERVER_NAMED],
  reads: { controlPlane },

  *check({ resource, read }) {
    const node = resource.root.get('metadata.name');
    const name = node?.text();
    if (node === undefined || name === undefined || name === '') return;
    const isTooLong = name.length > 63;
    if (!isTooLong && /^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)) return;
    const isServerName = SERVER_NAMED.includes(resource.kind);
    const isRefused = read.controlPlane().version === '3.0' || (isTooLong && isServerName);
    yield {
      at: node,
      // A dot or a name that is too long breaks what proxies tell routes apart by.
      peers: [
        ...(isServerName && (isTooLong || name.includes('.')) ? ['kuma/sni-port-name'] : []),
        ...(isTooLong && isServerName ? ['kuma/invalid-resource'] : []),
      ],
      message: isTooLong
        ? `The name of a ${resource.kind} has at most 63 characters; this has ${name.length}.`
        : `"${name}" is no DNS label: a letter, then lower-case letters, digits and "-".`,
      ...(isRefused && { severity: 'error', effect: 'Kuma refuses it.' }),
    };
  },
});
