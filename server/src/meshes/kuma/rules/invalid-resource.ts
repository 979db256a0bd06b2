import type { Resource } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { nodeAt } from '../../../yaml/path.js';
import { controlPlane, type ControlPlane } from '../control-plane.js';
import { LEGACY_KINDS } from '../names.js';
import {
  dataplane,
  externalService,
  hostnameGenerator,
  identity,
  mesh,
  meshField,
  meshService,
  multiZoneService,
  telemetryBackend,
  trust,
  zoneAddress,
} from '../validation/resources.js';
import type { Violations } from '../validation/values.js';

const VALIDATORS: Readonly<Record<string, (resource: Resource, version: ControlPlane['version']) => Violations>> = {
  Mesh: mesh,
  MeshService: meshService,
  MeshMultiZoneService: multiZoneService,
  MeshExternalService: externalService,
  MeshIdentity: identity,
  MeshTrust: trust,
  HostnameGenerator: hostnameGenerator,
  MeshOpenTelemetryBackend: telemetryBackend,
  MeshZoneAddress: zoneAddress,
  Dataplane: dataplane,
  MeshGateway: meshField,
  MeshGatewayRoute: meshField,
  ...Object.fromEntries(LEGACY_KINDS.map((it) => [it, meshField])),
};

export const invalidResource = defineRule({
  id: 'kuma/invalid-resource',
  title: 'A resource holds a value that Kuma does not take',
  severity: 'error',
  category: 'schema',
  effect: 'Kuma refuses the resource.',
  why: 'The webhook of Kuma checks what the schema of the kind cannot state: backends that exist, selectors that exclude each other, addresses, templates that can be read.',
  remedy: 'Write what the message asks for.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: Mesh
metadata: { name: default }
spec:
  mtls:
    enabledBackend: ca-2
    backends: [{ name: ca-1, type: builtin }]
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: Mesh
metadata: { name: default }
spec:
  mtls:
    enabledBackend: ca-1
    backends: [{ name: ca-1, type: builtin }]
`,
  },

  kinds: Object.keys(VALIDATORS),
  reads: { controlPlane },

  *check({ resource, read }) {
    if (resource.partial) return;
    yield* VALIDATORS[resource.kind]!(resource, read.controlPlane().version);
  },

  fix({ resource, problem, text }) {
    const { names = [] } = (problem.data ?? {}) as { names?: readonly string[] };
    const node = nodeAt(resource.root, problem.at.start).at(-1)?.node;
    const written = node?.text();
    if (node === undefined || written === undefined || names.length === 0) return [];
    const near = nearest(written, names);
    return (near === undefined ? names : [near]).slice(0, 3).map((name) => ({
      title: `Change to "${name}"`,
      preferred: name === near || names.length === 1,
      edits: [replaceValue(text, node, name)],
    }));
  },
});
