import type { UserAgentFields } from '../processor/spec.ts';

/** One rule of uap-core's `regexes.yaml`, its keys as they are there. */
export interface UserAgentRule {
  readonly regex: string;
  readonly regex_flag?: string;
  readonly [replacement: `${string}_replacement`]: string;
}

/** The three lists of uap-core that Weir reads. */
export interface UserAgentRules {
  readonly user_agent_parsers: readonly UserAgentRule[];
  readonly os_parsers: readonly UserAgentRule[];
  readonly device_parsers: readonly UserAgentRule[];
}

/** Rules may be quadratic in what they read, and no browser sends more. */
const READ_AT_MOST = 512;

const USER_AGENT_PARTS = [
  'family_replacement',
  'v1_replacement',
  'v2_replacement',
  'v3_replacement',
] as const;
const OS_PARTS = [
  'os_replacement',
  'os_v1_replacement',
  'os_v2_replacement',
  'os_v3_replacement',
  'os_v4_replacement',
] as const;
const DEVICE_PARTS = ['device_replacement'] as const;

/**
 * Compiles the rules by the uap-core specification (https://github.com/ua-parser/uap-core/blob/master/docs/specification.md):
 * in each list the first rule that matches decides, its groups are the parts in their order, and a replacement takes the
 * place of its part. The answer carries `Other` as name and device where no rule matches.
 */
export function compileUserAgentRules(rules: UserAgentRules): (original: string) => UserAgentFields {
  const findBrowser = compileList(rules.user_agent_parsers, USER_AGENT_PARTS);
  const findSystem = compileList(rules.os_parsers, OS_PARTS);
  const findDevice = compileList(rules.device_parsers, DEVICE_PARTS);
  return (original) => {
    const text = original.slice(0, READ_AT_MOST);
    const [name, ...versions] = findBrowser(text);
    const [system, ...systemVersions] = findSystem(text);
    const [device] = findDevice(text);
    const version = joinVersion(versions);
    const systemVersion = joinVersion(systemVersions);
    return {
      name: name ?? 'Other',
      ...(version === undefined ? {} : { version }),
      ...(system === undefined || system === 'Other'
        ? {}
        : { os: { name: system, ...(systemVersion === undefined ? {} : { version: systemVersion }) } }),
      device: { name: device ?? 'Other' },
    };
  };
}

type Parts = readonly (string | undefined)[];

function compileList(
  rules: readonly UserAgentRule[],
  names: readonly `${string}_replacement`[],
): (text: string) => Parts {
  const compiled = rules.map((rule) => ({
    regex: new RegExp(rule.regex, rule.regex_flag ?? ''),
    replacements: names.map((name) => rule[name]),
  }));
  return (text) => {
    for (const { regex, replacements } of compiled) {
      const match = regex.exec(text);
      if (match === null) continue;
      return replacements.map((replacement, position) =>
        cleaned(replacement === undefined ? match[position + 1] : fillIn(replacement, match)),
      );
    }
    return [];
  };
}

function fillIn(replacement: string, match: RegExpExecArray): string {
  return replacement.replace(/\$([1-9])/g, (_, group: string) => match[Number(group)] ?? '');
}

function cleaned(part: string | undefined): string | undefined {
  const trimmed = part?.trim();
  return trimmed === '' ? undefined : trimmed;
}

/** Major, minor, patch… up to the first that is missing. */
function joinVersion(parts: Parts): string | undefined {
  const end = parts.indexOf(undefined);
  return (end < 0 ? parts : parts.slice(0, end)).join('.') || undefined;
}
