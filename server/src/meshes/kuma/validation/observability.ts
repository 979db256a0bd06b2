import { regexProblem } from '../../../rules/regexes.js';
import type { YamlNode } from '../../../yaml/node.js';
import { itemsOf, type Policy } from './context.js';
import { matchedRules } from './security.js';
import { headOf, isAddress, isHidden, needs, number, PERCENT, PORT, urlParts, type Violations } from './values.js';

export function* accessLog(policy: Policy): Violations {
  for (const item of itemsOf(policy)) {
    const conf = item.get('default');
    const backends = conf?.get('backends');
    if (conf?.type === 'map' && !isHidden(conf) && (backends === undefined || isEmptyList(backends)))
      yield {
        at: headOf(backends === undefined ? item : conf, backends === undefined ? 'default' : 'backends'),
        message: '"default" needs "backends".',
      };
    for (const backend of conf?.list('backends.*') ?? []) {
      yield* struct(backend, { File: 'file', Tcp: 'tcp', OpenTelemetry: 'openTelemetry' });
      const file = backend.get('file.path');
      if (file?.text() !== undefined && file.text() !== '' && !/^\/[^\0]*[^/\0]$/.test(file.text()!))
        yield { at: file, message: `"${file.text()!}" is no absolute path of a file.` };
      const tcp = backend.get('tcp.address');
      if (tcp?.text() !== undefined && tcp.text() !== '' && !isHostAndPort(tcp.text()!))
        yield { at: tcp, message: `"${tcp.text()!}" is no address such as logs.example.com:5000.` };
      for (const format of [backend.get('file.format'), backend.get('tcp.format')]) yield* logFormat(format);
      yield* openTelemetry(backend, policy, 'log');
      for (const attribute of backend.list('openTelemetry.attributes.*.key')) {
        const key = attribute.text();
        if (key !== undefined && key.startsWith('otel.'))
          yield { at: attribute, message: `"${key}" cannot be the key of an attribute; those with "otel." in front are taken.` };
      }
    }
  }
  yield* matchedRules(policy, []);
}

/** What the type of a backend asks for. */
function* struct(node: YamlNode, fields: Readonly<Record<string, string>>): Violations {
  const type = node.text('type');
  const field = type === undefined ? undefined : fields[type];
  if (field !== undefined) yield* needs(node, '', type!, field);
}

function* logFormat(format: YamlNode | undefined): Violations {
  if (format === undefined) return;
  yield* struct(format, { Plain: 'plain', Json: 'json' });
  const plain = format.get('plain');
  if (format.text('type') === 'Plain' && plain?.text() === '') yield { at: plain, message: 'A format cannot be empty.' };
  if (format.text('type') !== 'Json') return;
  if (isEmptyList(format.get('json'))) yield { at: headOf(format, 'json'), message: '"json" cannot be empty.' };
  for (const field of format.list('json.*'))
    for (const part of ['key', 'value']) if (field.text(part) === '') yield { at: field.get(part)!, message: `"${part}" cannot be empty.` };
}

/** An endpoint in the policy, or a MeshOpenTelemetryBackend; on version 3 only the latter. */
function* openTelemetry(backend: YamlNode, { version }: Policy, use: 'log' | 'trace' | 'metric'): Violations {
  const node = backend.get('openTelemetry');
  if (node?.type !== 'map' || isHidden(node)) return;
  const endpoint = node.get('endpoint');
  const written = endpoint?.text();
  const hasEndpoint = endpoint !== undefined && node.has('endpoint') && written !== '';
  if (version === '2.14' && hasEndpoint && node.has('backendRef'))
    yield { at: headOf(backend, 'openTelemetry'), message: '"endpoint" and "backendRef" exclude each other.' };
  else if (!node.has('backendRef') && (version === '3.0' || !hasEndpoint) && !(version === '3.0' && hasEndpoint))
    yield {
      at: headOf(backend, 'openTelemetry'),
      message: version === '3.0' ? '"openTelemetry" needs "backendRef".' : '"openTelemetry" needs "endpoint" or "backendRef".',
    };
  if (!hasEndpoint || written === undefined || version === '3.0') return;
  if (use !== 'metric' && /[/?#]/.test(written))
    yield { at: endpoint!, message: `An endpoint is a host and a port; "${written}" is more.` };
  if (use === 'metric' && !isHostAndPort(written))
    yield { at: endpoint!, message: `"${written}" is no host and port such as otel-collector:4317.` };
}

function isHostAndPort(text: string): boolean {
  const match = /^(.+):(\d{1,5})$/.exec(text);
  if (match === null || Number(match[2]) < 1 || Number(match[2]) > 65535) return false;
  return isAddress(match[1]!.replace(/^\[(.*)\]$/, '$1'));
}

function isEmptyList(node: YamlNode | undefined): boolean {
  return node?.type === 'list' && node.items.length === 0 && !node.partial;
}

export function* trace(policy: Policy): Violations {
  const { root } = policy;
  const spec = root.get('spec');
  const conf = root.get('spec.default');
  const backends = root.get('spec.default.backends');
  if (conf?.type === 'map' && !isHidden(conf) && (backends === undefined || isEmptyList(backends)))
    yield {
      at: headOf(backends === undefined ? spec : conf, backends === undefined ? 'default' : 'backends'),
      message: '"default" needs "backends".',
    };
  for (const backend of root.list('spec.default.backends.*')) {
    yield* struct(backend, { Zipkin: 'zipkin', Datadog: 'datadog', OpenTelemetry: 'openTelemetry' });
    const zipkin = backend.get('zipkin.url');
    if (zipkin?.text() !== undefined && urlParts(zipkin.text()!) === undefined)
      yield { at: zipkin, message: `"${zipkin.text()!}" is no address such as http://zipkin:9411/api/v2/spans.` };
    const datadog = backend.get('datadog.url');
    const parts = urlParts(datadog?.text() ?? '');
    if (datadog?.text() !== undefined && !(parts?.scheme === 'http' && isPort(parts.port) && parts.rest === ''))
      yield { at: datadog, message: `It takes http://HOST:PORT and nothing more, not "${datadog.text()!}".` };
    yield* openTelemetry(backend, policy, 'trace');
  }
  for (const tag of root.list('spec.default.tags.*')) {
    if (tag.text('name') === '') yield { at: tag.get('name')!, message: '"name" cannot be empty.' };
    if (isHidden(tag) || tag.has('header') !== tag.has('literal')) continue;
    yield { at: headOf(tag, tag.has('literal') ? 'literal' : 'name'), message: 'A tag needs either "header" or "literal".' };
  }
  for (const sort of ['overall', 'client', 'random']) yield* number(root.get(`spec.default.sampling.${sort}`), PERCENT);
}

function isPort(text: string | undefined): boolean {
  return text !== undefined && Number(text) >= 1 && Number(text) <= 65535;
}

export function* metric(policy: Policy): Violations {
  const { root } = policy;
  for (const port of [...root.list('spec.default.applications.*.port'), ...root.list('spec.default.backends.*.prometheus.port')])
    yield* number(port, PORT);
  for (const backend of root.list('spec.default.backends.*')) {
    yield* struct(backend, { Prometheus: 'prometheus', OpenTelemetry: 'openTelemetry' });
    yield* openTelemetry(backend, policy, 'metric');
  }
  for (const list of ['include', 'exclude']) {
    for (const selector of root.list(`spec.default.sidecar.profiles.${list}.*`)) {
      const pattern = selector.get('match');
      const problem = pattern !== undefined && selector.text('type') === 'Regex' ? regexProblem(pattern) : undefined;
      if (problem !== undefined) yield problem;
    }
  }
}
