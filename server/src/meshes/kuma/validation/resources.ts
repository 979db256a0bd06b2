import type { Resource } from '../../../model/resource.js';
import type { YamlNode } from '../../../yaml/node.js';
import { hasOpaque } from '../../kubernetes/fields.js';
import type { ControlPlane } from '../control-plane.js';
import { complaintAboutTemplate } from './templates.js';
import { versionOrder } from './security.js';
import { address, headOf, isDnsName, isHidden, needs, number, oneOfWords, PERCENT, PORT, urlParts, type Violations } from './values.js';

export function* externalService({ root }: Resource, version: ControlPlane['version']): Violations {
  const spec = root.get('spec');
  const extension = spec?.get('extension');
  if (extension?.text('type') === '') yield { at: extension.get('type')!, message: '"type" cannot be empty.' };
  if (spec?.has('extension') === true) return;
  for (const endpoint of root.list('spec.endpoints.*')) yield* address(endpoint.get('address'));
  yield* versionOrder(root.get('spec.tls.version'));
  const verification = root.get('spec.tls.verification');
  const server = verification?.get('serverName');
  if (server?.text() !== undefined && !isDnsName(server.text()!.toLowerCase()))
    yield { at: server, message: `"${server.text()!}" is no DNS name.` };
  if (verification !== undefined && !isHidden(verification) && verification.has('clientCert') !== verification.has('clientKey')) {
    const [said, missing] = verification.has('clientCert') ? ['clientCert', 'clientKey'] : ['clientKey', 'clientCert'];
    yield { at: headOf(verification, said), message: `"${said}" needs "${missing}" beside it.` };
  }
  if (version !== '3.0') return;
  for (const field of ['caCert', 'clientCert', 'clientKey']) {
    const type = verification?.get(`${field}.type`);
    if (type?.text() === 'File' || type?.text() === 'EnvVar')
      yield { at: type, message: `Type "${type.text()!}" cannot stand here; proxies do not see files and variables of the control plane.` };
  }
}

export function* meshService({ root }: Resource, version: ControlPlane['version']): Violations {
  const selector = root.get('spec.selector');
  const said = ['dataplaneTags', 'dataplaneRef', 'dataplaneLabels'].filter((it) => selector?.has(it) === true);
  if (said.length > 1)
    yield {
      at: headOf(selector, said[1]!),
      message: `A selector is one of dataplaneTags, dataplaneRef and dataplaneLabels; this has ${said.length}.`,
    };
  for (const port of root.list('spec.ports.*')) {
    yield* number(port.get('port'), PORT);
    if (version === '3.0') yield* oneOfWords(port.get('appProtocol'), PROTOCOLS);
  }
}

const PROTOCOLS = ['grpc', 'http', 'http2', 'kafka', 'tcp'];

export function* multiZoneService({ root }: Resource): Violations {
  const selector = root.get('spec.selector.meshService');
  const labels = selector?.get('matchLabels');
  if (
    selector?.type === 'map' &&
    !isHidden(selector) &&
    (labels === undefined || (labels.type === 'map' && labels.entries.length === 0 && !labels.partial))
  )
    yield {
      at: headOf(labels === undefined ? root.get('spec.selector') : selector, labels === undefined ? 'meshService' : 'matchLabels'),
      message: '"matchLabels" cannot be empty.',
    };
  for (const port of root.list('spec.ports.*')) {
    yield* number(port.get('port'), PORT);
    yield* oneOfWords(port.get('appProtocol'), PROTOCOLS);
  }
}

/** What a template of a HostnameGenerator may fill in. */
const HOSTNAME_FIELDS = ['DisplayName', 'Namespace', 'Name', 'Mesh', 'Zone'];

export function* hostnameGenerator({ root }: Resource): Violations {
  const spec = root.get('spec');
  const selector = spec?.get('selector');
  if (spec?.type === 'map' && !isHidden(spec) && !isHidden(selector)) {
    const said = ['meshService', 'meshExternalService', 'meshMultiZoneService'].filter((it) => selector?.has(it) === true);
    if (said.length !== 1)
      yield {
        at:
          said.length > 1
            ? headOf(selector, said[1]!)
            : headOf(selector === undefined ? root : spec, selector === undefined ? 'spec' : 'selector'),
        message: `"selector" is one of meshService, meshExternalService and meshMultiZoneService${said.length === 0 ? '' : `; this has ${said.length}`}.`,
      };
  }
  const template = spec?.get('template');
  const text = templateText(template);
  if (template === undefined || text === undefined) return;
  if (text === '') yield { at: template, message: '"template" cannot be empty.' };
  else {
    const complaint = complaintAboutTemplate(text);
    const unknown = [...text.matchAll(/\{\{-?\s*\.(\w+)/g)].map((it) => it[1]!).find((it) => !HOSTNAME_FIELDS.includes(it));
    if (complaint !== undefined) yield { at: template, message: complaint };
    else if (unknown !== undefined)
      yield {
        at: template,
        message: `A template of host names has no ".${unknown}"; it has ${HOSTNAME_FIELDS.map((it) => `.${it}`).join(', ')}.`,
      };
    else if (!isDnsName(text.replaceAll(/\{\{.*?\}\}/gs, 'x').toLowerCase()))
      yield { at: template, message: `"${text}" makes no DNS name.` };
  }
}

/** A Go template that Kuma itself fills in; in a Helm chart its text is hidden, and unknown. */
function templateText(node: YamlNode | undefined): string | undefined {
  if (node?.type !== 'scalar' || typeof node.value !== 'string') return undefined;
  return node.opaque && !node.value.includes('{{') ? undefined : node.value;
}

export function* identity({ root }: Resource): Violations {
  for (const field of ['trustDomain', 'path']) {
    const template = root.get(`spec.spiffeID.${field}`);
    const text = templateText(template);
    const complaint = text === undefined ? undefined : complaintAboutTemplate(text);
    if (template !== undefined && complaint !== undefined) yield { at: template, message: complaint };
  }
  const provider = root.get('spec.provider');
  if (provider?.type !== 'map' || isHidden(provider)) return;
  const type = provider.text('type');
  const struct = { Bundled: 'bundled', Spire: 'spire', Extension: 'extension' }[type ?? ''];
  if (struct !== undefined && !provider.has(struct)) yield { at: headOf(provider, 'type'), message: `Type "${type!}" needs "${struct}".` };
  if (type === 'Extension' && provider.text('extension.name') === '')
    yield { at: provider.get('extension.name')!, message: '"name" cannot be empty.' };
  const bundled = provider.get('bundled');
  if (type === 'Bundled' && bundled?.type === 'map' && !isHidden(bundled)) yield* bundledProvider(provider, bundled);
}

function* bundledProvider(provider: YamlNode, bundled: YamlNode): Violations {
  const autogenerate = bundled.get('autogenerate.enabled');
  if (autogenerate?.type === 'scalar' && autogenerate.opaque) return;
  const isGenerated = autogenerate?.boolean() === true;
  const ca = bundled.get('ca');
  if (isGenerated && bundled.has('ca')) yield { at: headOf(bundled, 'ca'), message: '"ca" cannot stand beside "autogenerate".' };
  if (!isGenerated && !bundled.has('ca'))
    yield { at: headOf(provider, 'bundled'), message: '"bundled" needs "ca" where nothing is generated.' };
  if (isGenerated || ca?.type !== 'map' || isHidden(ca)) return;
  for (const field of ['certificate', 'privateKey']) {
    if (!ca.has(field)) yield { at: headOf(bundled, 'ca'), message: `"ca" needs "${field}".` };
    else yield* dataSource(ca.get(field)!);
  }
}

const SOURCES: Readonly<Record<string, string>> = { File: 'file', EnvVar: 'envVar', InsecureInline: 'insecureInline', Secret: 'secretRef' };

function* dataSource(node: YamlNode): Violations {
  const type = node.text('type');
  const struct = SOURCES[type ?? ''];
  if (struct !== undefined) yield* needs(node, '', type!, struct);
}

export function* trust({ root }: Resource): Violations {
  const domain = root.get('spec.trustDomain');
  if (domain?.text() === '') yield { at: domain, message: '"trustDomain" cannot be empty.' };
  for (const bundle of root.list('spec.caBundles.*')) {
    if (bundle.text('type') === 'Pem') yield* needs(bundle, '', 'Pem', 'pem');
    const pem = bundle.get('pem.value');
    const text = pem?.text();
    if (pem === undefined || text === undefined) continue;
    // Never what it says: it may be a key that should be secret.
    if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) yield { at: pem, message: 'This is a private key, not a bundle of certificates.' };
    else if (!/-----BEGIN [A-Z0-9 ]+-----[\s\S]*-----END [A-Z0-9 ]+-----/.test(text)) yield { at: pem, message: 'This is no PEM block.' };
  }
}

export function* telemetryBackend({ root }: Resource): Violations {
  yield* address(root.get('spec.endpoint.address'));
  const endpoint = root.get('spec.endpoint');
  yield* number(endpoint?.get('port'), PORT);
  const path = endpoint?.get('path');
  const text = path?.text();
  if (path === undefined || text === undefined || text === '') return;
  const protocol = root.has('spec.protocol') ? root.text('spec.protocol') : 'grpc';
  if (protocol === 'grpc') yield { at: headOf(endpoint, 'path'), message: '"path" can stand only with protocol "http".' };
  else if (!text.startsWith('/') || /[?#]/.test(text)) yield { at: path, message: `"${text}" is no path such as /v1/traces.` };
}

export function* zoneAddress({ root }: Resource): Violations {
  yield* address(root.get('spec.address'));
  const node = root.get('spec.address');
  if (node?.text() === '0.0.0.0' || node?.text() === '::')
    yield { at: node, message: `"${node.text()!}" is no address that others can reach.` };
}

export function* mesh({ root }: Resource): Violations {
  const mtls = root.get('spec.mtls');
  const backends = mtls?.list('backends.*') ?? [];
  if (backends.length > 1)
    yield { at: headOf(mtls, 'backends'), message: `A mesh has one mTLS backend at most; this has ${backends.length}.` };
  yield* backendNames(mtls, 'enabledBackend');
  yield* backendNames(root.get('spec.metrics'), 'enabledBackend');
  yield* backendNames(root.get('spec.logging'), 'defaultBackend');
  yield* backendNames(root.get('spec.tracing'), 'defaultBackend');
  for (const backend of backends) yield* oneOfWords(backend.get('mode'), ['STRICT', 'PERMISSIVE']);
  yield* oneOfWords(root.get('spec.meshServices.mode'), ['Disabled', 'Everywhere', 'ReachableBackends', 'Exclusive']);
  const egress = root.get('spec.routing.zoneEgress');
  if (egress?.boolean() === true && !root.has('spec.mtls.enabledBackend'))
    yield { at: egress, message: '"zoneEgress" needs "spec.mtls.enabledBackend".' };
  for (const list of ['requirements', 'restrictions'])
    for (const selector of root.list(`spec.constraints.dataplaneProxy.${list}.*`)) {
      const tags = selector.get('tags');
      if (!isHidden(selector) && (tags === undefined || (tags.type === 'map' && tags.entries.length === 0 && !tags.partial)))
        yield { at: headOf(selector, 'tags'), message: '"tags" cannot be empty.' };
    }
  for (const backend of root.list('spec.logging.backends.*')) yield* oneOfWords(backend.get('type'), ['tcp', 'file']);
  for (const backend of root.list('spec.metrics.backends.*')) yield* oneOfWords(backend.get('type'), ['prometheus']);
  for (const backend of root.list('spec.tracing.backends.*')) {
    yield* oneOfWords(backend.get('type'), ['zipkin', 'datadog']);
    yield* number(backend.get('sampling'), PERCENT);
    const url = backend.get('conf.url');
    const parts = urlParts(url?.text() ?? '');
    if (backend.text('type') === 'zipkin' && url?.text() !== undefined && parts?.port === undefined)
      yield { at: url, message: `"${url.text()!}" is no address with a port, such as http://zipkin:9411/api/v2/spans.` };
  }
}

/** Names of backends are unique, and the one in use is among them. */
function* backendNames(holder: YamlNode | undefined, field: string): Violations {
  const list = holder?.get('backends');
  if (holder === undefined || isHidden(holder) || (list !== undefined && hasOpaque(list))) return;
  const names = new Set<string>();
  for (const node of holder.list('backends.*.name')) {
    const name = node.text();
    if (name === undefined) continue;
    if (names.has(name)) yield { at: node, message: `Backend "${name}" stands here twice.` };
    names.add(name);
  }
  const used = holder.get(field);
  const name = used?.text();
  if (used !== undefined && name !== undefined && name !== '' && !names.has(name))
    yield { at: used, message: `No backend is called "${name}".`, data: { names: [...names] } };
}

/** What MeshGateway and the first policies need besides their content. */
export function* meshField({ root, partial }: Resource): Violations {
  if (partial || isHidden(root)) return;
  if (!root.has('mesh'))
    yield { at: root.type === 'map' ? (root.entry('kind')?.keyRange ?? root) : root, message: 'It needs "mesh", the name of its mesh.' };
  else if (root.text('mesh') === '') yield { at: root.get('mesh')!, message: '"mesh" cannot be empty.' };
}

const OUTBOUND_KINDS = ['MeshService', 'MeshExternalService', 'MeshMultiZoneService'];

export function* dataplane({ root }: Resource, version: ControlPlane['version']): Violations {
  const networking = root.get('spec.networking');
  if (networking === undefined) {
    const spec = root.get('spec');
    if (!isHidden(root) && !isHidden(spec))
      yield { at: headOf(root, spec === undefined ? 'kind' : 'spec'), message: 'A Dataplane needs "networking".' };
    return;
  }
  yield* needs(root.get('spec'), 'networking', 'networking', 'address');
  yield* address(networking.get('address'));
  const own = networking.get('address');
  if (own?.text() === '0.0.0.0' || own?.text() === '::')
    yield { at: own, message: `"${own.text()!}" is no address that others can reach.` };
  const gateway = networking.get('gateway');
  const isDelegated = gateway !== undefined && (gateway.text('type') ?? 'DELEGATED') === 'DELEGATED';
  if (isDelegated && networking.list('inbound.*').length > 0)
    yield { at: headOf(networking, 'inbound'), message: 'A delegated gateway has no "inbound".' };
  for (const inbound of networking.list('inbound.*')) {
    for (const field of ['port', 'servicePort']) yield* number(inbound.get(field), PORT);
    const tags = inbound.get('tags');
    if (tags?.type !== 'map' || isHidden(tags)) continue;
    if (tags.entry('kuma.io/service') === undefined) yield { at: headOf(inbound, 'tags'), message: '"tags" need "kuma.io/service".' };
    yield* oneOfWords(tags.entry('kuma.io/protocol')?.value, [...PROTOCOLS, 'tls', 'mysql']);
  }
  for (const outbound of networking.list('outbound.*')) {
    yield* number(outbound.get('port'), PORT);
    if (isHidden(outbound)) continue;
    if (outbound.has('backendRef') && outbound.has('tags'))
      yield { at: headOf(outbound, 'tags'), message: '"tags" and "backendRef" exclude each other.' };
    if (version === '3.0' && !outbound.has('backendRef'))
      yield { at: headOf(outbound, outbound.has('tags') ? 'tags' : ''), message: 'An outbound needs "backendRef".' };
    const ref = outbound.get('backendRef');
    if (ref?.type !== 'map' || isHidden(ref)) continue;
    yield* oneOfWords(ref.get('kind'), OUTBOUND_KINDS);
    if (!ref.has('name') && !ref.has('labels'))
      yield { at: headOf(outbound, 'backendRef'), message: '"backendRef" needs "name" or "labels".' };
    if (!ref.has('port')) yield { at: headOf(outbound, 'backendRef'), message: '"backendRef" needs "port".' };
  }
}
