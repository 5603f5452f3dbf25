import { describe, expect, test } from 'vitest';
import type { LogEvent } from '../event/log-event.ts';
import type { Resources } from '../processor/spec.ts';
import { geoip } from './geoip.ts';
import { userAgent } from './user-agent.ts';

const context = { receivedAtMs: 0, source: 'test' };
const run = (resources: Resources, ip: LogEvent[string]): LogEvent => {
  const event: LogEvent = { source: { ip } };
  geoip.build(geoip.options.parse({}), resources)(event, context);
  return event;
};

describe('geoip', () => {
  const flagged = { source: { ip: '8.8.8.8' }, weir: { flags: ['geo:unavailable'] } };
  test('flags the event where there is no database', () => {
    expect(run({}, '8.8.8.8')).toEqual(flagged);
    expect(run({ geo: () => 'unavailable' }, '8.8.8.8')).toEqual(flagged);
  });

  test('does not ask for addresses that are not public', () => {
    const geo = (): never => {
      throw new Error('asked');
    };
    for (const ip of ['10.0.0.1', 'x', 7, null]) expect(run({ geo }, ip)).toEqual({ source: { ip } });
  });

  test('leaves an address that the database does not know', () => {
    expect(run({ geo: () => undefined }, '8.8.8.8')).toEqual({ source: { ip: '8.8.8.8' } });
    expect(run({ geo: () => ({}) }, '8.8.8.8')).toEqual({ source: { ip: '8.8.8.8' } });
  });

  test('takes the first public address of a list', () => {
    const geo = (address: string): { country_iso_code: string } => ({ country_iso_code: address });
    expect(run({ geo }, ['10.0.0.1', 7, '8.8.8.8'])['source']).toMatchObject({
      geo: { country_iso_code: '8.8.8.8' },
    });
  });
});

describe('user_agent', () => {
  const step = (resources: Resources) => userAgent.build(userAgent.options.parse({}), resources);

  test('flags the event where there are no rules', () => {
    for (const resources of [{}, { userAgent: () => 'unavailable' as const }]) {
      const event: LogEvent = { user_agent: { original: 'curl/8' } };
      step(resources)(event, context);
      expect(event['weir']).toEqual({ flags: ['user_agent:unavailable'] });
    }
  });

  test('leaves an event without a user agent alone', () => {
    for (const event of [
      {},
      { user_agent: { original: '' } },
      { user_agent: { original: 7 } },
    ] as LogEvent[]) {
      const before = structuredClone(event);
      step({})(event, context);
      expect(event).toEqual(before);
    }
  });

  test('does not share the answer of the look-up', () => {
    const answer = { name: 'X', version: '1', os: { name: 'Y', version: '2' }, device: { name: 'Z' } };
    const event: LogEvent = { user_agent: { original: 'x' } };
    step({ userAgent: () => answer })(event, context);
    (event['user_agent'] as { os: LogEvent }).os['name'] = 'changed';
    expect(answer.os.name).toBe('Y');
  });
});
