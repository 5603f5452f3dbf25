import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openConnection } from './connection.ts';

const STACK = {
  stage: 'local',
  intakeUrl: 'http://127.0.0.1:8001',
  apiUrl: 'http://127.0.0.1:8002',
  openSearchUrl: 'http://127.0.0.1:9201',
  awsEndpointUrl: 'http://127.0.0.1:4566',
  region: 'eu-west-1',
  queueUrl: 'http://127.0.0.1:4566/000000000000/logs',
  bucket: 'local-bucket',
  tables: { ledger: 'local-ledger', control: 'local-control', alerts: 'local-alerts' },
  functions: {},
  ingestKey: 'weir_key',
  adminEmail: 'admin@example.com',
  adminPassword: 'password',
  webhookSecret: 'whsec_',
  webhookReceiverUrl: 'http://127.0.0.1:8003',
  outputs: { TokenKeyArn: 'arn:local' },
};

describe('openConnection', () => {
  const before = process.env;
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'weir-home-'));
    process.env = { ...before, AWS_ACCESS_KEY_ID: 'real' };
    delete process.env['AWS_ENDPOINT_URL'];
  });

  afterEach(() => {
    process.env = before;
    rmSync(home, { recursive: true });
  });

  const writeStack = (): void => writeFileSync(join(home, 'local.json'), JSON.stringify(STACK));

  test('takes everything from the local stack, and shows real credentials to nobody', () => {
    writeStack();
    const { need, region } = openConnection({ WEIR_HOME: home });
    expect([need('intakeUrl'), need('ledgerTable'), need('tokenKeyArn'), region]).toEqual([
      'http://127.0.0.1:8001',
      'local-ledger',
      'arn:local',
      'eu-west-1',
    ]);
    expect(process.env['AWS_ENDPOINT_URL']).toBe('http://127.0.0.1:4566');
    expect(process.env['AWS_ACCESS_KEY_ID']).toBe('test');
  });

  test('prefers a variable to the local stack', () => {
    writeStack();
    const { need } = openConnection({ WEIR_HOME: home, OPENSEARCH_URL: 'http://127.0.0.1:9999' });
    expect([need('openSearchUrl'), need('bucket')]).toEqual(['http://127.0.0.1:9999', 'local-bucket']);
  });

  test('leaves the account alone when a variable names one of its resources', () => {
    writeStack();
    const environment = { WEIR_HOME: home, LEDGER_TABLE: 'weir-prod-ledger', AWS_REGION: 'us-west-2' };
    const { need, region } = openConnection(environment);
    expect([need('ledgerTable'), region]).toEqual(['weir-prod-ledger', 'us-west-2']);
    expect(process.env['AWS_ENDPOINT_URL']).toBeUndefined();
    expect(process.env['AWS_ACCESS_KEY_ID']).toBe('real');
  });

  test('says what to run or set when there is no stack and no variable', () => {
    const { need } = openConnection({ WEIR_HOME: home });
    expect(() => need('bucket')).toThrow(/npm run up.*set BUCKET \(stack output: BucketName\)/);
  });
});
