import { expect, test } from 'vitest';
import { analyzeWithSchemas } from '../../../../../test/support/analyze.js';

/** Versions under which kinds that are not in `networking.istio.io/v1` are written here. */
const VERSIONS: Readonly<Record<string, string>> = {
  AuthorizationPolicy: 'security.istio.io/v1',
  EnvoyFilter: 'networking.istio.io/v1alpha3',
  PeerAuthentication: 'security.istio.io/v1',
  ProxyConfig: 'networking.istio.io/v1beta1',
  RequestAuthentication: 'security.istio.io/v1',
  Telemetry: 'telemetry.istio.io/v1',
  TrafficExtension: 'extensions.istio.io/v1alpha1',
  WasmPlugin: 'extensions.istio.io/v1alpha1',
};

/** What the webhook or the API server says of each object: it refuses it, admits it with a warning, or says nothing. */
function verdicts(kind: string, table: string): readonly string[] {
  const lines = table.trim().split('\n');
  const files = lines.map((line, i) => ({
    uri: `file:///case-${i}.yaml`,
    text: manifestOf(kind, i, line.slice(line.indexOf('|') + 1).trim()),
  }));
  const { diagnostics } = analyzeWithSchemas(files, { world: 'closed' });
  return lines.map((line, i) => {
    const found = diagnostics.filter((it) => it.uri === files[i]!.uri);
    const refused = found.some(({ severity, category }) => severity === 'error' && (category === 'schema' || category === 'syntax'));
    const verdict = refused ? 'error' : found.some((it) => it.peers.includes('IST0133')) ? 'warning' : 'fine';
    return `${verdict.padEnd(7)} | ${line.slice(line.indexOf('|') + 1).trim()}`;
  });
}

/** A line is the spec of the object, or from `metadata` on all that follows its kind. */
function manifestOf(kind: string, index: number, line: string): string {
  const head = `apiVersion: ${VERSIONS[kind] ?? 'networking.istio.io/v1'}\nkind: ${kind}\n`;
  // Each is alone in its namespace, so that they do not clash.
  return line.startsWith('metadata:')
    ? `${head}${line.replaceAll('; ', '\n')}\n`
    : `${head}metadata: { name: case-${index}, namespace: own }\nspec: ${line}\n`;
}

const check = (kind: string, table: string): void => expect(verdicts(kind, table).join('\n')).toBe(table.trim());

test('Gateway: what is refused, and what is warned of', () => {
  check(
    'Gateway',
    `
error   | {selector: {a: b}, servers: []}
fine    | {selector: {a: b}, servers: [{port: {number: 80, name: h, protocol: HTTP}, hosts: ["*"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 80, name: h, protocol: HTTP}, hosts: ["~/a.com"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 80, name: h, protocol: HTTP}, hosts: ["/a.com"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 80, name: h, protocol: HTTP}, hosts: ["ns/"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 80, name: h, protocol: HTTP}, hosts: ["short"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 80, name: h, protocol: HTTP}, hosts: ["*foo.com"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 80, name: h, protocol: HTTP}, hosts: ["*-foo.com"]}]}
fine    | {selector: {a: b}, servers: [{port: {number: 80, name: h, protocol: HTTP}, hosts: ["10.0.0.1", "./a.com.", "*/b.com"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 80, name: h, protocol: HTTP}, hosts: ["a.1"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 80, name: h, protocol: HBONE}, hosts: ["a.com"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 0, name: h, protocol: HTTP}, hosts: ["a.com"]}]}
fine    | {selector: {a: b}, servers: [{port: {number: 0, name: h, protocol: HTTP}, bind: "unix:///a/b", hosts: ["a.com"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 80, name: h, protocol: HTTP}, bind: "unix:///a/b", hosts: ["a.com"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 0, name: h, protocol: HTTP}, bind: "unix:///a/", hosts: ["a.com"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 80, name: h, protocol: HTTP, targetPort: 8080}, hosts: ["a.com"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 80, protocol: HTTP}, hosts: ["a.com"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 80, name: h, protocol: HTTP}, hosts: ["a.com"]}, {port: {number: 81, name: h, protocol: HTTP}, hosts: ["a.com"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 80, name: h, protocol: HTTP}, bind: "foo", hosts: ["a.com"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 443, name: h, protocol: HTTPS}, hosts: ["a.com"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 443, name: h, protocol: MONGO}, tls: {mode: SIMPLE, credentialName: x}, hosts: ["a.com"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 443, name: h, protocol: HTTP}, tls: {mode: SIMPLE, credentialName: x}, hosts: ["a.com"]}]}
fine    | {selector: {a: b}, servers: [{port: {number: 443, name: h, protocol: HTTP}, tls: {httpsRedirect: true}, hosts: ["a.com"]}]}
warning | {selector: {a: b}, servers: [{port: {number: 443, name: h, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: x, httpsRedirect: true}, hosts: ["a.com"]}]}
warning | {selector: {a: b}, servers: [{port: {number: 443, name: h, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: x, minProtocolVersion: TLSV1_1}, hosts: ["a.com"]}]}
warning | {selector: {a: b}, servers: [{port: {number: 443, name: h, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: x, cipherSuites: [FOO]}, hosts: ["a.com"]}]}
warning | {selector: {a: b}, servers: [{port: {number: 443, name: h, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: x, cipherSuites: [AES128-SHA, AES128-SHA]}, hosts: ["a.com"]}]}
fine    | {selector: {a: b}, servers: [{port: {number: 443, name: h, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: x, cipherSuites: ["!FOO", ALL, ECDHE-RSA-AES256-SHA]}, hosts: ["a.com"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 443, name: h, protocol: HTTPS}, tls: {mode: ISTIO_MUTUAL, credentialName: x}, hosts: ["a.com"]}]}
warning | {selector: {a: b}, servers: [{port: {number: 443, name: h, protocol: HTTPS}, tls: {mode: PASSTHROUGH, caCrl: x}, hosts: ["a.com"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 443, name: h, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: x, serverCertificate: a, privateKey: b}, hosts: ["a.com"]}]}
fine    | {selector: {a: b}, servers: [{port: {number: 443, name: h, protocol: HTTPS}, tls: {mode: SIMPLE, credentialName: x, serverCertificate: a}, hosts: ["a.com"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 443, name: h, protocol: HTTPS}, tls: {mode: MUTUAL, serverCertificate: a, privateKey: b}, hosts: ["a.com"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 443, name: h, protocol: HTTPS}, tls: {mode: SIMPLE, serverCertificate: a}, hosts: ["a.com"]}]}
error   | {selector: {a: b}, servers: [{port: {number: 443, name: h, protocol: HTTPS}, tls: {mode: SIMPLE, serverCertificate: a, privateKey: b, caCrl: c}, hosts: ["a.com"]}]}
fine    | {selector: {a: b}, servers: [{port: {number: 443, name: h, protocol: HTTPS}, tls: {mode: MUTUAL, credentialName: a, caCrl: c}, hosts: ["a.com"]}]}
error   | metadata: {name: a.b}; spec: {selector: {a: b}, servers: [{port: {number: 80, name: h, protocol: HTTP}, hosts: ["*"]}]}
warning | {selector: {a: b}, servers: [{port: {number: 80, name: h, protocol: HTTP}, tls: {httpsRedirect: true, cipherSuites: [FOO]}, hosts: ["a.com"]}]}
`,
  );
});

test('VirtualService: what is refused, and what is warned of', () => {
  check(
    'VirtualService',
    `
error   | {hosts: [a.com]}
error   | {gateways: [g], http: [{route: [{destination: {host: a}}]}]}
error   | {tcp: [{route: [{destination: {host: a}}]}]}
error   | {http: [{delegate: {name: x}}]}
error   | {hosts: ["*"], http: [{route: [{destination: {host: a}}]}]}
fine    | {hosts: ["*"], gateways: [g], http: [{route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], gateways: ["/g"], http: [{route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], gateways: ["a_b/g"], http: [{route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], gateways: ["ns/g.x"], http: [{route: [{destination: {host: a}}]}]}
warning | {hosts: [a.com], gateways: ["g.ns.svc.cluster.local"], http: [{route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com, "*.com"], http: [{route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{match: [{headers: {"@request.auth.claims.x": {exact: q}}}], route: [{destination: {host: a}}]}]}
fine    | {hosts: [a.com], gateways: [g], http: [{match: [{headers: {"@request.auth.claims.x": {exact: q}}}], route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], gateways: [g], http: [{match: [{withoutHeaders: {"@REQUEST.auth.claims[x]": {exact: q}}}], route: [{destination: {host: a}}]}], exportTo: ["~"]}
error   | {hosts: [a.com], exportTo: ["."  , "own"], http: [{route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], exportTo: ["*", b], http: [{route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], exportTo: ["a_b"], http: [{route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{delegate: {name: x}, redirect: {uri: /}}]}
error   | {hosts: [a.com], http: [{match: [{uri: {prefix: /}}]}]}
error   | {hosts: [a.com], http: [{redirect: {uri: /}, fault: {delay: {fixedDelay: 1s}}}]}
error   | {hosts: [a.com], http: [{directResponse: {status: 200}, rewrite: {uri: /}}]}
error   | {hosts: [a.com], http: [{route: [{destination: {host: a}}], mirror: {host: b}, mirrors: [{destination: {host: c}}]}]}
error   | {hosts: [a.com], http: [{match: [{headers: {"a b": {exact: q}}}], route: [{destination: {host: a}}]}]}
fine    | {hosts: [a.com], http: [{match: [{headers: {"a,b": {exact: q}}}], route: [{destination: {host: a}}]}]}
fine    | {hosts: [a.com], http: [{match: [{headers: {":method": {exact: GET}}}], route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{match: [{headers: {":foo": {exact: GET}}}], route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{match: [{headers: {"x": {prefix: ""}}}], route: [{destination: {host: a}}]}]}
fine    | {hosts: [a.com], http: [{match: [{uri: {prefix: ""}}], route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{match: [{uri: {regex: "a("}}], route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{match: [{headers: {x: {regex: "*"}}}], route: [{destination: {host: a}}]}]}
fine    | {hosts: [a.com], http: [{match: [{withoutHeaders: {x: {regex: "*"}}}], route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{match: [{port: 70000}], route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{match: [{sourceLabels: {"a b": c}}], route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{match: [{sourceNamespace: "a_b"}], route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{headers: {request: {set: {":path": x}}}, route: [{destination: {host: a}}]}]}
fine    | {hosts: [a.com], http: [{headers: {request: {set: {":authority": x}}}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{headers: {request: {remove: ["host"]}}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{headers: {response: {set: {Host: x}}}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{headers: {request: {set: {x: "50%"}}}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{headers: {request: {set: {x: "%FOO"}}}, route: [{destination: {host: a}}]}]}
fine    | {hosts: [a.com], http: [{headers: {request: {set: {x: "%FOO(a:b)% %% %DYNAMIC([\\"a\\", \\"b\\"])%"}}}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{headers: {request: {set: {x: "%FOO(a)b%"}}}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{headers: {request: {set: {x: "a\\u0001"}}}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{headers: {request: {set: {host: x}}}, rewrite: {authority: y}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{headers: {request: {set: {host: x}, add: {":authority": y}}}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{corsPolicy: {allowOrigins: [{exact: ""}]}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{corsPolicy: {allowMethods: [get]}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{corsPolicy: {allowHeaders: ["a b"]}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{corsPolicy: {maxAge: 1.5s}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{fault: {}, route: [{destination: {host: a}}]}]}
warning | {hosts: [a.com], http: [{fault: {abort: {percentage: {value: 1}}}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{fault: {abort: {httpStatus: 500, percentage: {value: 0.00001}}}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{fault: {abort: {httpStatus: 601}}, route: [{destination: {host: a}}]}]}
fine    | {hosts: [a.com], http: [{fault: {abort: {httpStatus: 600}}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{fault: {abort: {grpcStatus: FOO}}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{fault: {abort: {http2Error: FOO}}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{fault: {delay: {exponentialDelay: 1s}}, route: [{destination: {host: a}}]}]}
fine    | {hosts: [a.com], http: [{fault: {delay: {percentage: {value: 1}}}, route: [{destination: {host: a}}]}]}
warning | {hosts: [a.com], http: [{mirror: {host: b}, mirrorPercent: 50, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{mirror: {host: b}, mirrorPercent: 101, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{mirror: {host: b}, mirrorPercentage: {value: 101}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{mirrors: [{destination: {host: b}, percentage: {value: -1}}], route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{redirect: {uri: /, prefixRewrite: /b}}]}
error   | {hosts: [a.com], http: [{match: [{uri: {exact: /a}}], redirect: {prefixRewrite: /b}}]}
fine    | {hosts: [a.com], http: [{match: [{port: 80}], redirect: {prefixRewrite: /b}}]}
error   | {hosts: [a.com], http: [{redirect: {redirectCode: 301}}]}
error   | {hosts: [a.com], http: [{redirect: {uri: /, redirectCode: 400}}]}
error   | {hosts: [a.com], http: [{redirect: {scheme: ftp}}]}
error   | {hosts: [a.com], http: [{redirect: {port: 70000}}]}
error   | {hosts: [a.com], http: [{directResponse: {status: 199}}]}
error   | {hosts: [a.com], http: [{retries: {attempts: 0, perTryTimeout: 1s}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{retries: {attempts: 2, retryOn: "5xx, reset"}, route: [{destination: {host: a}}]}]}
fine    | {hosts: [a.com], http: [{retries: {attempts: 2, retryOn: "5xx,503,451"}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{retries: {attempts: 2, retryOn: "306"}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{retries: {attempts: 2, perTryTimeout: 1.0005s}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{retries: {attempts: 2, backoff: 0s}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{rewrite: {}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{rewrite: {uri: /, uriRegexRewrite: {match: a, rewrite: b}}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{rewrite: {uriRegexRewrite: {match: a}}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{rewrite: {uriRegexRewrite: {match: "a(", rewrite: b}}, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], http: [{route: [{destination: {host: a}, weight: -1}]}]}
error   | {hosts: [a.com], http: [{route: [{destination: {host: a}, weight: 0}, {destination: {host: b}}]}]}
error   | {hosts: [a.com], http: [{route: [{destination: {host: "*"}}]}]}
error   | {hosts: [a.com], http: [{route: [{destination: {host: "a_b"}}]}]}
error   | {hosts: [a.com], http: [{route: [{destination: {host: a, subset: a.b}}]}]}
error   | {hosts: [a.com], http: [{route: [{destination: {host: a, port: {}}}]}]}
error   | {hosts: [a.com], http: [{timeout: 0.5ms, route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], tls: [{route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], tls: [{match: [{port: 443}], route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], tls: [{match: [{sniHosts: [b.com]}], route: [{destination: {host: a}}]}]}
warning | {hosts: [a.com], tls: [{match: [{sniHosts: ["10.1.1.1"]}], route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], tls: [{match: [{sniHosts: [a.com], destinationSubnets: ["10.0.0"]}], route: [{destination: {host: a}}]}]}
error   | {hosts: [a.com], tls: [{match: [{sniHosts: [a.com]}]}]}
error   | {hosts: [a.com], tcp: [{match: [{port: 443}]}]}
error   | {hosts: ["outbound_80"], gateways: [g], tls: [{match: [{sniHosts: ["outbound_80"]}], route: [{destination: {host: a}}]}]}
fine    | {hosts: ["outbound_.80_._.a.b.com"], gateways: [g], tls: [{match: [{sniHosts: ["outbound_.80_._.a.b.com"]}], route: [{destination: {host: a}}]}]}
error   | metadata: {name: a, annotations: {istio.io/dry-run: "true"}}; spec: {hosts: [a.com], http: [{redirect: {uri: /}}]}
error   | metadata: {name: a, annotations: {internal.istio.io/parents: "x"}}; spec: {hosts: [a.com], http: [{redirect: {uri: /}}]}
error   | metadata: {name: a}; data: {}; spec: {hosts: [a.com], http: [{redirect: {uri: /}}]}
fine    | {hosts: [a.com], gateways: [g, "/x"], http: [{redirect: {uri: /}}]}
error   | {hosts: [a.com], gateways: ["/x", g], http: [{redirect: {uri: /}}]}
error   | {hosts: [a.com], gateways: [g], http: [{match: [{gateways: ["/x"]}], redirect: {uri: /}}]}
fine    | {hosts: [a.com], http: [{directResponse: {status: 600}}]}
`,
  );
});

test('DestinationRule: what is refused, and what is warned of', () => {
  check(
    'DestinationRule',
    `
error   | {host: "a_b", trafficPolicy: {tls: {mode: DISABLE}}}
fine    | {host: "*", trafficPolicy: {tls: {mode: DISABLE}}}
error   | {host: a, workloadSelector: {matchLabels: {a: b}}, exportTo: ["*"], trafficPolicy: {tls: {mode: DISABLE}}}
error   | {host: a, workloadSelector: {matchLabels: {a: b}}, exportTo: [".", other], trafficPolicy: {tls: {mode: DISABLE}}}
fine    | {host: a, workloadSelector: {matchLabels: {a: b}}, exportTo: ["."], trafficPolicy: {tls: {mode: DISABLE}}}
warning | {host: a, workloadSelector: {}, trafficPolicy: {tls: {mode: DISABLE}}}
error   | {host: a, subsets: [{name: v1, labels: {a: b}}, {name: v1, labels: {a: c}}]}
error   | {host: a, subsets: [{name: v1.2, labels: {a: b}}]}
error   | {host: a, subsets: [{name: v1, labels: {"a b": b}}]}
error   | {host: a, subsets: [{name: v1, labels: {a: "b c"}}]}
error   | {host: a, trafficPolicy: {}}
error   | {host: a, subsets: [{name: v1, labels: {a: b}, trafficPolicy: {}}]}
error   | {host: a, trafficPolicy: {tunnel: {targetHost: a.com, targetPort: 80}, proxyProtocol: {version: V1}}}
error   | {host: a, trafficPolicy: {portLevelSettings: [{tls: {mode: DISABLE}}]}}
error   | {host: a, trafficPolicy: {portLevelSettings: [{port: {number: 80}}]}}
error   | {host: a, trafficPolicy: {tunnel: {protocol: GET, targetHost: a.com, targetPort: 80}}}
error   | {host: a, trafficPolicy: {tunnel: {targetHost: "a_b", targetPort: 80}}}
error   | {host: a, trafficPolicy: {tunnel: {targetHost: "a.com", targetPort: 0}}}
error   | {host: a, trafficPolicy: {outlierDetection: {interval: 1.0005s}}}
warning | {host: a, trafficPolicy: {outlierDetection: {consecutiveErrors: 5}}}
error   | {host: a, trafficPolicy: {outlierDetection: {consecutiveLocalOriginFailures: 5}}}
error   | {host: a, trafficPolicy: {outlierDetection: {maxEjectionPercent: 101}}}
error   | {host: a, trafficPolicy: {outlierDetection: {minHealthPercent: -1}}}
error   | {host: a, trafficPolicy: {connectionPool: {}}}
error   | {host: a, trafficPolicy: {connectionPool: {http: {http1MaxPendingRequests: -1}}}}
error   | {host: a, trafficPolicy: {connectionPool: {http: {maxConcurrentStreams: -1}}}}
error   | {host: a, trafficPolicy: {connectionPool: {http: {idleTimeout: 0s}}}}
error   | {host: a, trafficPolicy: {connectionPool: {http: {h2UpgradePolicy: UPGRADE, useClientProtocol: true}}}}
error   | {host: a, trafficPolicy: {connectionPool: {http: {http2KeepAlive: {interval: 1s}}}}}
error   | {host: a, trafficPolicy: {connectionPool: {tcp: {maxConnections: -1}}}}
error   | {host: a, trafficPolicy: {connectionPool: {tcp: {connectTimeout: 0s}}}}
fine    | {host: a, trafficPolicy: {connectionPool: {tcp: {idleTimeout: 0s}}}}
error   | {host: a, trafficPolicy: {connectionPool: {tcp: {idleTimeout: 1.0005s}}}}
error   | {host: a, trafficPolicy: {connectionPool: {tcp: {tcpKeepalive: {time: 0.1ms}}}}}
error   | {host: a, trafficPolicy: {loadBalancer: {consistentHash: {httpCookie: {name: "", ttl: 0s}}}}}
error   | {host: a, trafficPolicy: {loadBalancer: {consistentHash: {httpCookie: {name: a, ttl: 0s, attributes: [{name: x, value: z}, {name: x, value: z}]}}}}}
warning | {host: a, trafficPolicy: {loadBalancer: {consistentHash: {useSourceIp: true, minimumRingSize: 5}}}}
error   | {host: a, trafficPolicy: {loadBalancer: {consistentHash: {useSourceIp: true, minimumRingSize: 5, ringHash: {minimumRingSize: 5}}}}}
error   | {host: a, trafficPolicy: {loadBalancer: {consistentHash: {useSourceIp: true, maglev: {tableSize: 4}}}}}
error   | {host: a, trafficPolicy: {loadBalancer: {consistentHash: {useSourceIp: true, maglev: {tableSize: 5000011}}}}}
fine    | {host: a, trafficPolicy: {loadBalancer: {consistentHash: {useSourceIp: true, maglev: {tableSize: 65537}}}}}
error   | {host: a, trafficPolicy: {loadBalancer: {simple: RANDOM, localityLbSetting: {enabled: true}, zoneAwareLbSetting: {}}}}
error   | {host: a, trafficPolicy: {loadBalancer: {simple: RANDOM, warmup: {duration: 1s, aggression: 0}}}}
error   | {host: a, trafficPolicy: {loadBalancer: {simple: RANDOM, warmup: {minimumPercent: 10}}}}
error   | {host: a, trafficPolicy: {outlierDetection: {interval: 1s}, loadBalancer: {simple: RANDOM, localityLbSetting: {distribute: [{from: a, to: {b: 100}}], failover: [{from: a, to: b}]}}}}
error   | {host: a, trafficPolicy: {outlierDetection: {interval: 1s}, loadBalancer: {simple: RANDOM, localityLbSetting: {failover: [{from: a, to: b}], failoverPriority: ["topology.kubernetes.io/zone"]}}}}
warning | {host: a, trafficPolicy: {loadBalancer: {simple: RANDOM, localityLbSetting: {failoverPriority: ["topology.kubernetes.io/zone"]}}}}
error   | {host: a, trafficPolicy: {loadBalancer: {simple: RANDOM, localityLbSetting: {distribute: [{from: a, to: {b: 50}}]}}}}
error   | {host: a, trafficPolicy: {loadBalancer: {simple: RANDOM, localityLbSetting: {distribute: [{from: "a/*", to: {b: 100}}, {from: a/b, to: {b: 100}}]}}}}
error   | {host: a, trafficPolicy: {loadBalancer: {simple: RANDOM, localityLbSetting: {distribute: [{from: "a//b", to: {b: 100}}]}}}}
error   | {host: a, trafficPolicy: {loadBalancer: {simple: RANDOM, localityLbSetting: {distribute: [{from: "*/b", to: {b: 100}}]}}}}
error   | {host: a, trafficPolicy: {outlierDetection: {interval: 1s}, loadBalancer: {simple: RANDOM, localityLbSetting: {failover: [{from: a, to: a}]}}}}
error   | {host: a, trafficPolicy: {outlierDetection: {interval: 1s}, loadBalancer: {simple: RANDOM, localityLbSetting: {failover: [{from: a/b, to: c}]}}}}
error   | {host: a, trafficPolicy: {tls: {mode: SIMPLE, credentialName: "configmap://other/x"}}}
error   | {host: a, trafficPolicy: {tls: {mode: SIMPLE, credentialName: "configmap://x"}}}
error   | {host: a, trafficPolicy: {tls: {mode: SIMPLE, insecureSkipVerify: true, caCertificates: x}}}
error   | {host: a, trafficPolicy: {tls: {mode: MUTUAL, clientCertificate: a, privateKey: b, insecureSkipVerify: true, subjectAltNames: [x]}}}
error   | {host: a, trafficPolicy: {tls: {mode: SIMPLE, credentialName: a, caCrl: x}}}
error   | {host: a, trafficPolicy: {tls: {mode: MUTUAL, clientCertificate: a}}}
error   | {host: a, trafficPolicy: {connectionPool: {tcp: {idleTimeout: soon}}}}
error   | {host: a, trafficPolicy: {outlierDetection: {interval: 1s}, loadBalancer: {simple: RANDOM, zoneAwareLbSetting: {failoverPriority: ["topology.kubernetes.io/zone"]}}}}
`,
  );
});

test('ServiceEntry: what is refused, and what is warned of', () => {
  check(
    'ServiceEntry',
    `
error   | {hosts: ["*"], ports: [{number: 80, name: h, protocol: HTTP}], resolution: DNS}
warning | {hosts: ["*foo.com"], ports: [{number: 80, name: h, protocol: HTTP}], resolution: NONE}
error   | {hosts: ["a_b.com"], ports: [{number: 80, name: h, protocol: HTTP}], resolution: NONE}
error   | {hosts: ["a.com"], addresses: ["10.0.0"], ports: [{number: 80, name: h, protocol: HTTP}], resolution: NONE}
error   | {hosts: ["a.com"], addresses: ["10.0.0.0/8"], ports: [{number: 80, name: h, protocol: HTTP}], resolution: DNS}
error   | {hosts: ["a.com"], ports: [{number: 80, name: h, protocol: HTTP}, {number: 80, name: g, protocol: HTTP}], resolution: DNS}
error   | {hosts: ["a.com"], ports: [{number: 80, name: "a_b", protocol: HTTP}], resolution: DNS}
error   | {hosts: ["a.com"], ports: [{number: 80, name: a, protocol: FOO}], resolution: DNS}
error   | {hosts: ["a.com"], ports: [{number: 80, name: a, protocol: HTTP}], endpoints: [{address: 10.0.0.1}]}
warning | {hosts: ["a.com"], ports: [{number: 80, name: a, protocol: HTTP}], workloadSelector: {labels: {a: b}}}
warning | {hosts: ["a.com"], ports: [{number: 80, name: a, protocol: TCP}], resolution: NONE}
fine    | {hosts: ["a.com"], ports: [{number: 80, name: a, protocol: TCP}], resolution: DNS}
error   | {hosts: ["a.com"], ports: [{number: 80, name: a, protocol: HTTP}], resolution: STATIC, endpoints: [{address: a.com}]}
error   | {hosts: ["a.com"], ports: [{number: 80, name: a, protocol: HTTP}], resolution: STATIC, endpoints: [{address: 10.0.0.1, ports: {b: 80}}]}
error   | {hosts: ["a.com"], ports: [{number: 80, name: a, protocol: HTTP}, {number: 81, name: b, protocol: HTTP}], resolution: STATIC, endpoints: [{address: "unix:///a"}]}
error   | {hosts: ["*.a.com"], ports: [{number: 80, name: a, protocol: HTTP}], resolution: DNS}
fine    | {hosts: ["*.a.com"], ports: [{number: 80, name: a, protocol: HTTP}], resolution: DNS, endpoints: [{address: b.com}]}
error   | {hosts: ["a.com"], ports: [{number: 80, name: a, protocol: HTTP}], resolution: DNS_ROUND_ROBIN, endpoints: [{address: b.com}, {address: c.com}]}
error   | {hosts: ["a.com"], ports: [{number: 80, name: a, protocol: HTTP}], resolution: DNS, endpoints: [{address: "a_b.com"}]}
warning | {hosts: ["a.com", "b.com"], addresses: [10.0.0.1], ports: [{number: 80, name: a, protocol: HTTPS}], resolution: DNS}
error   | {hosts: ["a.com"], ports: [{number: 80, name: a, protocol: HTTP}], resolution: DYNAMIC_DNS}
fine    | {hosts: ["*.a.com"], ports: [{number: 80, name: a, protocol: HTTP}], resolution: DYNAMIC_DNS}
error   | {hosts: ["*.a.com"], ports: [{number: 80, name: a, protocol: HTTPS}], resolution: DYNAMIC_DNS}
error   | {hosts: ["*.a.com"], addresses: [10.0.0.1], ports: [{number: 80, name: a, protocol: HTTP}], resolution: DYNAMIC_DNS}
error   | {hosts: ["a.com", "b.com"], ports: [{number: 80, name: a, protocol: MONGO}], resolution: DNS}
fine    | {hosts: ["a.com", "b.com"], ports: [{number: 80, name: a, protocol: MONGO}], resolution: NONE}
fine    | {hosts: ["a.com"], exportTo: ["~"], ports: [{number: 80, name: a, protocol: HTTP}], resolution: DNS}
error   | {hosts: ["a.com"], exportTo: ["~", "."], ports: [{number: 80, name: a, protocol: HTTP}], resolution: DNS}
error   | {hosts: ["*.a.com"], ports: [{number: 80, name: a}], resolution: DYNAMIC_DNS}
error   | {hosts: [a.com], addresses: [""], ports: [{number: 80, name: a, protocol: HTTP}], resolution: NONE}
warning | {hosts: [a.com], ports: [{number: 80, name: a}], resolution: NONE}
fine    | {hosts: [a.com], ports: [{number: 80, name: a, protocol: tcp}], resolution: NONE}
`,
  );
});

test('WorkloadEntry: what is refused, and what is warned of', () => {
  check(
    'WorkloadEntry',
    `
warning | {network: net}
error   | {}
error   | {address: "unix:///a/"}
error   | {address: "unix:///a", ports: {http: 80}}
error   | {address: "a_b"}
error   | {address: 10.0.0.1, ports: {"a b": 80}}
error   | {address: 10.0.0.1, ports: {"a": 0}}
error   | {address: 10.0.0.1, labels: {"a b": x}}
error   | {address: ""}
`,
  );
});

test('WorkloadGroup: what is refused, and what is warned of', () => {
  check(
    'WorkloadGroup',
    `
error   | {metadata: {labels: {"a b": c}}, template: {}}
error   | {template: {}, probe: {}}
error   | {template: {}, probe: {grpc: {port: 80}}}
error   | {template: {}, probe: {httpGet: {port: 0}}}
error   | {template: {}, probe: {httpGet: {port: 80, scheme: ftp}}}
error   | {template: {}, probe: {httpGet: {port: 80, httpHeaders: [{name: a_b, value: c}]}}}
error   | {template: {}, probe: {exec: {command: []}}}
error   | {template: {}, probe: {tcpSocket: {port: 70000}}}
`,
  );
});

test('Sidecar: what is refused, and what is warned of', () => {
  check(
    'Sidecar',
    `
error   | {}
error   | {workloadSelector: {labels: {a: b}}}
warning | {workloadSelector: {labels: {}}, egress: [{hosts: ["./*"]}]}
error   | {workloadSelector: {labels: {"a*": b}}, egress: [{hosts: ["./*"]}]}
error   | {ingress: [{port: {number: 80, protocol: HTTP, name: a, targetPort: 8080}}]}
error   | {ingress: [{port: {number: 80, protocol: HTTP, name: "a_b"}}]}
error   | {ingress: [{port: {number: 80, protocol: FOO, name: a}}]}
error   | {ingress: [{port: {number: 0, protocol: HTTP, name: a}}]}
error   | {ingress: [{port: {number: 80, protocol: HTTP, name: a}, bind: foo}]}
error   | {ingress: [{port: {number: 80, protocol: HTTP, name: a}}, {port: {number: 80, protocol: HTTP, name: b}}]}
error   | {ingress: [{port: {number: 80, protocol: HTTP, name: a}, defaultEndpoint: "10.0.0.1:80"}]}
fine    | {ingress: [{port: {number: 80, protocol: HTTP, name: a}, defaultEndpoint: ":80"}]}
fine    | {ingress: [{port: {number: 80, protocol: HTTP, name: a}, defaultEndpoint: "[::1]:80"}]}
error   | {ingress: [{port: {number: 80, protocol: HTTP, name: a}, defaultEndpoint: "127.0.0.1:0"}]}
error   | {ingress: [{port: {number: 443, protocol: HTTP, name: a}, tls: {mode: SIMPLE, serverCertificate: a, privateKey: b}}]}
error   | {ingress: [{port: {number: 443, protocol: HTTPS, name: a}, tls: {mode: ISTIO_MUTUAL}}]}
error   | {ingress: [{port: {number: 443, protocol: HTTPS, name: a}, tls: {mode: SIMPLE, credentialName: x}}]}
error   | {ingress: [{port: {number: 443, protocol: HTTPS, name: a}, tls: {mode: SIMPLE, serverCertificate: a, privateKey: b, httpsRedirect: true}}]}
warning | {ingress: [{port: {number: 443, protocol: TCP, name: a}, connectionPool: {http: {maxRetries: 1}}}]}
error   | {egress: [{hosts: ["./*"]}, {hosts: ["./*"]}]}
error   | {egress: [{hosts: ["./*"]}, {port: {number: 80, protocol: HTTP, name: a}, hosts: ["./*"]}]}
error   | {egress: [{port: {number: 0, protocol: HTTP, name: a}, bind: 127.0.0.1, hosts: ["./*"]}]}
error   | {egress: [{port: {number: 0, protocol: HTTP, name: a}, bind: "unix:///a", captureMode: IPTABLES, hosts: ["./*"]}]}
error   | {egress: [{port: {number: 80, protocol: HTTP, name: a}, hosts: ["./*"]}, {port: {number: 80, protocol: HTTP, name: b}, hosts: ["./*"]}]}
error   | {egress: [{port: {number: 80, protocol: HTTP, name: a}, bind: foo, hosts: ["./*"]}]}
error   | {egress: [{hosts: []}]}
error   | {egress: [{hosts: ["foo"]}]}
error   | {egress: [{hosts: ["./foo"]}]}
error   | {egress: [{hosts: ["a_b/*"]}]}
error   | {egress: [{hosts: ["./10.0.0.1"]}]}
fine    | {egress: [{hosts: ["~/*"]}]}
warning | {egress: [{hosts: ["./a.com", "./a.com"]}]}
warning | {egress: [{hosts: ["./*", "./a.com"]}]}
warning | {egress: [{hosts: ["./a.com", "./*"]}]}
warning | {egress: [{hosts: ["*/*", "other/a.com"]}]}
error   | {outboundTrafficPolicy: {egressProxy: {host: a.com, port: {number: 80}}}}
error   | {outboundTrafficPolicy: {mode: ALLOW_ANY, egressProxy: {host: a.com}}}
error   | {outboundTrafficPolicy: {mode: ALLOW_ANY, egressProxy: {host: "*.com", port: {number: 80}}}}
error   | {inboundConnectionPool: {}}
warning | {ingress: [{port: {number: 443, name: a}, connectionPool: {http: {maxRetries: 1}}}]}
error   | {outboundTrafficPolicy: {mode: ALLOW_ANY, egressProxy: {host: a.com, subset: a.b, port: {number: 80}}}}
error   | {egress: [{port: {protocol: HTTP, name: a}, hosts: ["./*"]}]}
error   | {ingress: [{port: {protocol: HTTP, name: a}}]}
error   | {egress: [{port: {number: 0, protocol: HTTP, name: a}, bind: "unix:///a", hosts: ["./*"]}, {port: {number: 0, protocol: HTTP, name: b}, bind: "unix:///a", hosts: ["./*"]}]}
`,
  );
});

test('AuthorizationPolicy: what is refused, and what is warned of', () => {
  check(
    'AuthorizationPolicy',
    `
error   | {action: CUSTOM, rules: [{}]}
error   | {action: CUSTOM, provider: {name: x}}
error   | {action: CUSTOM, provider: {name: x}, rules: [{from: [{source: {notNamespaces: [a]}}]}]}
error   | {action: CUSTOM, provider: {name: x}, rules: [{when: [{key: "request.auth.claims[x]", values: [a]}]}]}
fine    | {action: CUSTOM, provider: {name: x}, rules: [{to: [{operation: {paths: [/a]}}]}]}
error   | {action: ALLOW, provider: {name: x}, rules: [{}]}
error   | {action: DENY}
fine    | {action: ALLOW}
error   | {rules: [{from: [{source: {}}]}]}
error   | {rules: [{to: [{operation: {}}]}]}
error   | {rules: [{from: [{}]}]}
error   | {rules: [{from: [{source: {ipBlocks: ["10.0.0"]}}]}]}
error   | {rules: [{from: [{source: {namespaces: [""]}}]}]}
error   | {rules: [{from: [{source: {serviceAccounts: ["a/b/c"]}}]}]}
error   | {rules: [{from: [{source: {serviceAccounts: ["a*"]}}]}]}
error   | {rules: [{from: [{source: {serviceAccounts: ["a"], namespaces: [b]}}]}]}
error   | {rules: [{from: [{source: {trustDomains: ["a*b"]}}]}]}
error   | {rules: [{from: [{source: {trustDomains: ["a/b"]}}]}]}
error   | {rules: [{to: [{operation: {ports: ["http"]}}]}]}
error   | {rules: [{to: [{operation: {ports: ["70000"]}}]}]}
fine    | {rules: [{to: [{operation: {ports: ["0"]}}]}]}
error   | {rules: [{to: [{operation: {paths: ["/a/{**}/{*}"]}}]}]}
fine    | {rules: [{to: [{operation: {paths: ["/a/{**}/b"]}}]}]}
error   | {rules: [{to: [{operation: {paths: ["/a/{*}/b*"]}}]}]}
error   | {rules: [{to: [{operation: {paths: ["/a/x{*}"]}}]}]}
error   | {rules: [{when: [{key: foo, values: [a]}]}]}
error   | {rules: [{when: [{key: "request.headers[]", values: [a]}]}]}
error   | {rules: [{when: [{key: "destination.labels[app]", values: [a]}]}]}
error   | {rules: [{when: [{key: "source.ip", values: [a]}]}]}
error   | {rules: [{when: [{key: "source.ip"}]}]}
error   | {rules: [{when: [{key: "destination.port", values: ["x"]}]}]}
fine    | {rules: [{when: [{key: "experimental.envoy.filters.network.mongo_proxy[a]", values: ["x"]}]}]}
error   | {rules: [{when: [{key: "connection.sni", notValues: [""]}]}]}
warning | {action: DENY, rules: [{to: [{operation: {paths: [/a]}}]}]}
warning | {action: DENY, rules: [{from: [{source: {requestPrincipals: ["*"]}}]}]}
fine    | {action: DENY, rules: [{from: [{source: {principals: ["*"]}}]}]}
fine    | {action: DENY, rules: [{to: [{operation: {paths: [/a], ports: ["80"]}}]}]}
error   | {selector: {matchLabels: {"": a}}, rules: [{}]}
error   | {selector: {matchLabels: {"a*": a}}, rules: [{}]}
warning | {selector: {}, rules: [{}]}
error   | {targetRefs: [{kind: Foo, name: a}], rules: [{}]}
error   | {targetRefs: [{kind: Gateway, name: a}], rules: [{}]}
fine    | {targetRefs: [{kind: Service, name: a}], rules: [{}]}
error   | {targetRefs: [{kind: Service, name: a, namespace: other}], rules: [{}]}
error   | {selector: {matchLabels: {a: b}}, targetRefs: [{kind: Service, name: a}], rules: [{}]}
error   | metadata: {name: a, annotations: {istio.io/dry-run: "yes"}}; spec: {rules: [{}]}
fine    | metadata: {name: a, annotations: {istio.io/dry-run: "T"}}; spec: {rules: [{}]}
error   | metadata: {name: a, annotations: {istio.io/dry-run: "true"}}; spec: {action: AUDIT, rules: [{}]}
`,
  );
});

test('RequestAuthentication: what is refused, and what is warned of', () => {
  check(
    'RequestAuthentication',
    `
error   | {jwtRules: [{jwksUri: "ftp://a"}]}
error   | {jwtRules: [{forwardOriginalToken: true}]}
error   | {jwtRules: [{issuer: a, jwks: "{"}]}
error   | {jwtRules: [{issuer: a, jwksUri: "https://a", jwks: "{}"}]}
error   | {jwtRules: [{issuer: a, jwksUri: "https://a:b/x"}]}
error   | {jwtRules: [{issuer: a, audiences: [""]}]}
error   | {jwtRules: [{issuer: a, outputClaimToHeaders: [{header: "a b", claim: c}]}]}
error   | {jwtRules: [{issuer: a, outputClaimToHeaders: [{header: "ab"}]}]}
error   | {jwtRules: [{issuer: a, timeout: 0s}]}
warning | {jwtRules: [{issuer: a, jwks: '{"keys":[{"kty":"oct","k":"abcd","kid":"x"}]}'}]}
`,
  );
});

test('PeerAuthentication: what is refused, and what is warned of', () => {
  check(
    'PeerAuthentication',
    `
error   | {portLevelMtls: {80: {mode: STRICT}}}
error   | {selector: {matchLabels: {a: b}}, portLevelMtls: {0: {mode: STRICT}}}
warning | {selector: {}, mtls: {mode: STRICT}}
`,
  );
});

test('Telemetry: what is refused, and what is warned of', () => {
  check(
    'Telemetry',
    `
warning | {tracing: [{randomSamplingPercentage: 1}, {randomSamplingPercentage: 2}]}
warning | {tracing: [{providers: [{name: a}, {name: b}]}]}
error   | {tracing: [{randomSamplingPercentage: 101}]}
error   | {tracing: [{customTags: {"": {literal: {value: a}}}}]}
error   | {tracing: [{customTags: {a: {literal: {value: ""}}}}]}
error   | {accessLogging: [{filter: {expression: "a >"}}]}
error   | {metrics: [{providers: [{name: ""}]}]}
error   | {metrics: [{overrides: [{tagOverrides: {a: {operation: UPSERT}}}]}]}
error   | {metrics: [{overrides: [{tagOverrides: {a: {}}}]}]}
error   | {metrics: [{overrides: [{tagOverrides: {a: {operation: REMOVE, value: x}}}]}]}
`,
  );
});

test('WasmPlugin: what is refused, and what is warned of', () => {
  check(
    'WasmPlugin',
    `
error   | {url: "ftp://a"}
error   | {url: a, sha256: X}
error   | {pluginName: x}
error   | {url: a, vmConfig: {env: [{name: a, value: b}, {name: a, value: c}]}}
error   | {url: a, vmConfig: {env: [{name: a, valueFrom: HOST, value: c}]}}
error   | {url: a, match: [{ports: [{number: 0}]}]}
`,
  );
});

test('TrafficExtension: what is refused, and what is warned of', () => {
  check(
    'TrafficExtension',
    `
error   | {}
`,
  );
});

test('ProxyConfig: what is refused, and what is warned of', () => {
  check(
    'ProxyConfig',
    `
error   | {concurrency: -1}
warning | {selector: {}, concurrency: 1}
`,
  );
});

test('EnvoyFilter: what is refused, and what is warned of', () => {
  check(
    'EnvoyFilter',
    `
error   | {configPatches: [{patch: {operation: MERGE, value: {}}}]}
error   | {configPatches: [{applyTo: CLUSTER}]}
error   | {configPatches: [{applyTo: CLUSTER, patch: {value: {name: x}}}]}
error   | {configPatches: [{applyTo: CLUSTER, patch: {operation: MERGE}}]}
error   | {configPatches: [{applyTo: CLUSTER, match: {proxy: {proxyVersion: "a("}}, patch: {operation: MERGE, value: {name: x}}}]}
error   | {configPatches: [{applyTo: CLUSTER, match: {listener: {portNumber: 80}}, patch: {operation: MERGE, value: {name: x}}}]}
error   | {configPatches: [{applyTo: HTTP_FILTER, match: {cluster: {name: a}}, patch: {operation: MERGE, value: {name: x}}}]}
error   | {configPatches: [{applyTo: HTTP_FILTER, match: {listener: {filterChain: {filter: {subFilter: {name: a}}}}}, patch: {operation: MERGE, value: {name: x}}}]}
error   | {configPatches: [{applyTo: NETWORK_FILTER, match: {listener: {filterChain: {filter: {name: envoy.filters.network.http_connection_manager, subFilter: {name: a}}}}}, patch: {operation: MERGE, value: {name: x, typed_config: {"@type": "type.googleapis.com/x"}}}}]}
error   | {configPatches: [{applyTo: CLUSTER, patch: {operation: MERGE, value: {"@type": "foo"}}}]}
warning | {configPatches: [{applyTo: CLUSTER, patch: {operation: MERGE, value: {name: x}}}]}
error   | {workloadSelector: {labels: {"a*": b}}, configPatches: [{applyTo: CLUSTER, patch: {operation: MERGE, value: {name: x}}}]}
`,
  );
});
