import { complaintOfRe2 } from '../schema/re2.js';
import type { YamlNode } from '../yaml/node.js';
import { partOf } from '../yaml/scalar-part.js';
import type { Problem } from './rule.js';

/** The problem with a regular expression that RE2 does not read, marked where it stops reading; undefined where it reads it, or where that is unknown. */
export function regexProblem(node: YamlNode): Pick<Problem, 'at' | 'message'> | undefined {
  const pattern = node.text();
  const complaint = pattern === undefined ? undefined : complaintOfRe2(pattern);
  if (complaint === undefined) return undefined;
  return { at: partOf(node, complaint.start, complaint.end), message: `RE2 cannot read this regular expression: ${complaint.what}.` };
}
