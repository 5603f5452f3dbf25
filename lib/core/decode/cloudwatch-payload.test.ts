import { describe, expect, test } from 'vitest';
import { readCloudWatch } from './cloudwatch-payload.ts';
import { countRecords, splitRecords } from './split-records.ts';

const payloadOf = (value: unknown) => Buffer.from(JSON.stringify(value));

const DATA = {
  messageType: 'DATA_MESSAGE',
  owner: '123456789012',
  logGroup: '/aws/lambda/orders',
  logStream: '2026/11/21/[$LATEST]abc',
  subscriptionFilters: ['weir'],
  logEvents: [
    { id: '001', timestamp: 1795268160123, message: 'first\nline two\n' },
    { id: '002', timestamp: 1795268160124, message: '{"level":"info"}' },
  ],
};
const FIELDS = {
  cloud: { provider: 'aws', account: { id: '123456789012' } },
  aws: { cloudwatch: { log_group: '/aws/lambda/orders', log_stream: '2026/11/21/[$LATEST]abc' } },
};

describe('splitRecords of CloudWatch', () => {
  test('gives each event its own id, time and origin', () => {
    expect([...splitRecords('cloudwatch', payloadOf(DATA))]).toEqual([
      { id: '001', timeMs: 1795268160123, text: 'first\nline two\n', fields: FIELDS },
      { id: '002', timeMs: 1795268160124, text: '{"level":"info"}', fields: FIELDS },
    ]);
  });

  test('gives no two records the same fields object', () => {
    const [first, second] = [...splitRecords('cloudwatch', payloadOf(DATA))];
    expect(first?.fields).not.toBe(second?.fields);
  });

  test('finds nothing in a control message', () => {
    const control = payloadOf({
      messageType: 'CONTROL_MESSAGE',
      logEvents: [{ id: '', message: 'CWL CONTROL' }],
    });
    expect([...splitRecords('cloudwatch', control)]).toEqual([]);
    expect(countRecords('cloudwatch', control)).toBe(0);
  });

  test('keeps a malformed event as text, at the position of the fault', () => {
    const odd = payloadOf({ ...DATA, logEvents: [null, 7, { id: 3, message: { a: 1 } }] });
    const records = [...splitRecords('cloudwatch', odd)];
    expect(records.map(({ text }) => text)).toEqual(['null', '7', '{"id":3,"message":{"a":1}}']);
    expect(records.some((record) => 'id' in record || 'timeMs' in record)).toBe(false);
  });

  test('reads a body that is no payload as lines', () => {
    expect([...splitRecords('cloudwatch', Buffer.from('a\nb'))]).toEqual([{ text: 'a' }, { text: 'b' }]);
  });
});

describe('readCloudWatch', () => {
  test('tells what cannot be read', () => {
    for (const body of ['', 'null', '7', '{"messageType":"DATA_MESSAGE"}', '{"logEvents":{}}']) {
      expect(readCloudWatch(Buffer.from(body))).toEqual({ kind: 'unreadable' });
    }
  });

  test('gives the origin, with empty names where they are missing', () => {
    expect(readCloudWatch(payloadOf(DATA))).toMatchObject({ origin: { logGroup: '/aws/lambda/orders' } });
    const bare = readCloudWatch(payloadOf({ logEvents: [] }));
    expect(bare).toEqual({ kind: 'data', origin: { owner: '', logGroup: '', logStream: '' }, records: [] });
  });
});
