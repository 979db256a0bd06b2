import type { YamlNode } from '../../../yaml/node.js';
import type { Policy } from './context.js';
import { itemsOf } from './context.js';
import { forbids, headOf, isDnsName, isHidden, type Violations } from './values.js';

/** MeshTrafficPermission: what every source and every rule says. */
export function* permission(policy: Policy): Violations {
  for (const item of itemsOf(policy, ['from'])) {
    if (isHidden(item) || isHidden(item.get('default')) || item.has('default.action')) continue;
    yield { at: headOf(item, 'default'), message: '"default" needs "action".' };
  }
  for (const rule of policy.root.list('spec.rules.*')) {
    const conf = rule.get('default');
    const lists = ['allow', 'allowWithShadowDeny', 'deny'];
    if (conf?.type === 'map' && !isHidden(conf) && !lists.some((it) => isFilled(conf.get(it))))
      yield { at: headOf(rule, 'default'), message: '"default" needs a match in "allow", "allowWithShadowDeny" or "deny".' };
    for (const match of lists.flatMap((it) => rule.list(`default.${it}.*`))) yield* trafficMatch(match);
  }
}

function isFilled(node: YamlNode | undefined): boolean {
  return node?.type === 'list' ? node.items.length > 0 || node.partial : node?.type === 'scalar' && node.opaque;
}

/** A match on who calls: a SPIFFE ID, a server name, or both. */
function* trafficMatch(match: YamlNode): Violations {
  if (match.type === 'map' && !isHidden(match) && !match.has('spiffeID') && !match.has('sni'))
    yield { at: headOf(match, ''), message: 'A match needs "spiffeID" or "sni".' };
  const id = match.get('spiffeID.value');
  const text = id?.text();
  if (id !== undefined && text !== undefined && !isSpiffeId(text, match.text('spiffeID.type') === 'Prefix'))
    yield { at: id, message: `"${text}" is no SPIFFE ID such as spiffe://prod/ns/shop.` };
  const sni = match.get('sni.value');
  const name = sni?.text();
  if (sni !== undefined && name !== undefined && !isDnsName(name)) yield { at: sni, message: `"${name}" is no DNS name in lower case.` };
}

/** Whether the text is `spiffe://trust-domain/path`; a prefix may end in a slash. */
function isSpiffeId(text: string, isPrefix = false): boolean {
  const match = /^spiffe:\/\/([a-z0-9._-]+)((?:\/[A-Za-z0-9._-]+)*)(\/?)$/.exec(text);
  return match !== null && !/\/\.\.?(?:\/|$)/.test(match[2]!) && (match[3] === '' || isPrefix);
}

/** Rules that are chosen by who calls; below them some fields may not stand. */
export function* matchedRules(policy: Policy, forbidden: readonly string[]): Violations {
  for (const rule of policy.root.list('spec.rules.*')) {
    const matches = rule.list('matches.*');
    for (const match of matches) yield* trafficMatch(match);
    if (!matches.some((it) => it.has('spiffeID'))) continue;
    for (const path of forbidden) {
      const dot = path.lastIndexOf('.');
      const holder = rule.get(dot < 0 ? 'default' : `default.${path.slice(0, dot)}`);
      yield* forbids(holder, path.slice(dot + 1), 'cannot depend on the SPIFFE ID of the caller');
    }
  }
}

const VERSIONS = ['TLS10', 'TLS11', 'TLS12', 'TLS13'];

/** MeshTLS: versions and ciphers are for the mesh as a whole. */
export function* tls(policy: Policy): Violations {
  for (const item of itemsOf(policy, ['from', 'rules'])) {
    const conf = item.get('default');
    if (policy.top !== undefined && policy.top !== 'Mesh') {
      yield* forbids(conf, 'tlsCiphers', 'can be set for the whole mesh only');
      yield* forbids(conf, 'tlsVersion', 'can be set for the whole mesh only');
    } else yield* versionOrder(conf?.get('tlsVersion'));
  }
}

/** The lowest version may not be above the highest. */
export function* versionOrder(node: YamlNode | undefined): Violations {
  const lowest = VERSIONS.indexOf(node?.text('min') ?? '');
  const highest = VERSIONS.indexOf(node?.text('max') ?? '');
  if (node === undefined || lowest < 0 || highest < 0 || lowest <= highest) return;
  yield { at: node.get('min')!, message: `The lowest version "${VERSIONS[lowest]!}" is above the highest, "${VERSIONS[highest]!}".` };
}
