// Codes of istioctl analyze and Kiali, and which rules find what they find. Codes that no rule bears have a reason here.

const LIVE = 'Needs a running cluster; files cannot show it.';

/** @type {Readonly<Record<string, string>>} */
const REASONS = {
  IST0001: 'A failure of the tool itself; istioctl never reports it.',
  IST0141: 'About the permissions of whoever runs istioctl.',
  IST0142: LIVE,
  IST0143: 'Reserved; istioctl never reports it.',
  IST0156: 'About the versions that a running API server offers.',
  IST0168: 'Reserved; istioctl never reports it.',
  IST0169: 'About an upgrade of a running control plane.',
  IST0172: 'About the versions that a running API server offers.',
  GWAPI: 'Status written by a controller, which manifests do not hold.',
  KIA0107: 'About principals of other clusters that Kiali is connected to.',
  KIA1314: 'About an annotation that the CNI plugin writes on running pods.',
  KIA1315: 'About containers of running pods.',
};

const ISTIO =
  '0001 0002 0101 0102 0103 0106 0107 0108 0109 0110 0111 0112 0116 0118 0123 0125 0126 0127 0128 0129 0130 0131 0132 0133 0134 0135 0136 0137 0138 0139 0140 0141 0142 0143 0144 0145 0146 0147 0148 0149 0150 0151 0152 0153 0154 0155 0156 0157 0158 0159 0160 0161 0162 0163 0164 0165 0166 0167 0168 0169 0170 0171 0172 0173 0174 0175 0176 0177';
const KIALI =
  '0002 0003 0004 0005 0101 0102 0104 0105 0106 0107 0108 0109 0110 0201 0202 0203 0204 0205 0206 0207 0208 0209 0210 0211 0212 0301 0302 0401 0501 0505 0506 0601 0602 0701 1004 1006 1007 1101 1102 1104 1105 1106 1107 1108 1109 1110 1111 1112 1113 1114 1115 1116 1117 1211 1212 1301 1311 1312 1313 1314 1315 1316 1317 1401 1402 1501 1502 1503 1504 1601 1701 1702';

export const PEERS = [
  { tool: 'istioctl analyze', codes: ISTIO.split(' ').map((it) => `IST${it}`) },
  { tool: 'Kiali', codes: [...KIALI.split(' ').map((it) => `KIA${it}`), 'GWAPI'] },
];

/**
 * @param {ReadonlyMap<string, readonly string[]>} rulesByCode ids of the rules that bear a code
 * @returns {string} a page: every code, with its rules or the reason why there is none
 */
export function peerPage(rulesByCode) {
  const tables = PEERS.map(({ tool, codes }) => {
    const rows = codes.map(
      (code) => `| ${code} | ${(rulesByCode.get(code) ?? []).map((id) => `[${id}](${id}.md)`).join(', ') || reasonFor(code)} |`,
    );
    const covered = codes.filter((code) => rulesByCode.has(code)).length;
    return `## ${tool}\n\n${covered} of ${codes.length} codes are found.\n\n| code | found by |\n| --- | --- |\n${rows.join('\n')}`;
  });
  return `# Codes of other tools\n\nWritten by \`npm run docs\`. What istioctl analyze and Kiali report under a code, and the rules that find it here; or why none does.\n\n${tables.join('\n\n')}\n`;
}

/** Why no rule bears a code. */
export function reasonFor(code) {
  return REASONS[code] ?? 'Not yet.';
}
