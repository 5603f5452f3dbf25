import { describe, expect, test } from 'vitest';
import { compileUserAgentRules } from './user-agent-rules.ts';

const lookUp = compileUserAgentRules({
  user_agent_parsers: [
    { regex: '(Minefield)/(\\d+)\\.(\\d+)\\.(\\d+pre)', family_replacement: 'Firefox ($1)' },
    { regex: 'Bot/(\\d+)', family_replacement: 'Some Bot', v1_replacement: '$1' },
    { regex: '(Half)/(\\d+)(?:\\.(\\d+)|)(?:\\.(\\d+)|)' },
  ],
  os_parsers: [
    { regex: 'Win(95|98)', os_replacement: 'Windows $1' },
    {
      regex: 'CPU OS (\\d+)_(\\d+)',
      os_replacement: 'iOS',
      os_v1_replacement: '$1',
      os_v2_replacement: '$2',
    },
  ],
  device_parsers: [
    { regex: '; *(pedi)_(plus)', regex_flag: 'i', device_replacement: 'Odys $1 $2 $3 ' },
    { regex: '(Nothing)?x', device_replacement: '$1' },
  ],
});

describe('compileUserAgentRules', () => {
  test.each([
    ['Minefield/4.0.1pre', { name: 'Firefox (Minefield)', version: '4.0.1pre', device: { name: 'Other' } }],
    ['Bot/7', { name: 'Some Bot', version: '7', device: { name: 'Other' } }],
    ['Half/3', { name: 'Half', version: '3', device: { name: 'Other' } }],
    ['Half/3.1', { name: 'Half', version: '3.1', device: { name: 'Other' } }],
    ['Win95', { name: 'Other', os: { name: 'Windows 95' }, device: { name: 'Other' } }],
    ['CPU OS 17_4', { name: 'Other', os: { name: 'iOS', version: '17.4' }, device: { name: 'Other' } }],
    ['; PEDI_PLUS', { name: 'Other', device: { name: 'Odys PEDI PLUS' } }],
    ['x', { name: 'Other', device: { name: 'Other' } }],
    ['', { name: 'Other', device: { name: 'Other' } }],
  ])('takes %j apart', (original, expected) => {
    expect(lookUp(original)).toEqual(expected);
  });

  test('reads the beginning of a very long user agent only', () => {
    expect(lookUp(`${' '.repeat(600)}Half/3`).name).toBe('Other');
  });
});
