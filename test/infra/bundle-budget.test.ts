import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Metafile } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { findBudgetViolations } from '../../lib/infra/bundle/bundle-budget.ts';
import { type Bundles, bundleFunctions } from '../../lib/infra/bundle/bundle-functions.ts';
import { dataFiles } from '../../lib/infra/bundle/data-files.ts';
import { FunctionName } from '../../lib/infra/function-name.ts';
import { temporaryDirectory } from './support/temporary-directory.ts';

const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  POWERTOOLS_METRICS_NAMESPACE: 'Weir',
  BUCKET: 'bucket',
  LEDGER_TABLE: 'ledger',
  CONTROL_TABLE: 'control',
  ALERTS_TABLE: 'alerts',
  LOG_QUEUE_URL: 'https://sqs.example.org/log',
  NOTIFY_QUEUE_URL: 'https://sqs.example.org/notify',
  LOG_DEAD_LETTER_URL: 'https://sqs.example.org/log-dead',
  NOTIFY_DEAD_LETTER_URL: 'https://sqs.example.org/notify-dead',
  OPENSEARCH_URL: 'https://search.example.org',
  MAX_OPEN_BYTES: '1000',
  MAX_INLINE_BYTES: '1000',
  MAX_UNPARK_BYTES: '1000',
  ARCHIVE_COMPRESSION: 'zstd',
  WINDOW_MINUTES: '5',
  ALERT_THRESHOLD: '5',
  INDEX_REFRESH_SECONDS: '1',
  INDEX_REPLICAS: '0',
  ALERT_WEBHOOK: '',
  WEBHOOK_SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:webhook',
  DATED_PATTERNS: 'orders-*',
  TOKEN_KEY_ARN: 'arn:aws:secretsmanager:eu-west-1:000000000000:secret:token',
  RETRY_SECONDS: '0,5',
  ALLOWED_PRIVATE_CIDRS: '',
  SUBSCRIPTION_FUNCTION_ARN: 'arn:aws:lambda:eu-west-1:000000000000:function:intake-subscription',
  FILTER_NAME: 'weir-dev',
  SUBSCRIBE_PREFIXES: '',
  SUBSCRIBE_TAG: 'weir=true',
  SUBSCRIBE_EXCLUDE: '',
  OWN_PREFIX: 'Weir-',
};

const output = temporaryDirectory();
let bundles: Bundles;

function metafileOf(directory: string, name: string): Metafile {
  return JSON.parse(readFileSync(join(directory, 'meta', `${name}.json`), 'utf8'));
}

beforeAll(async () => {
  const root = resolve('.');
  bundles = await bundleFunctions({
    names: FunctionName.options,
    functionsDirectory: join(root, 'functions'),
    outputDirectory: output,
    dataFiles: dataFiles(root, { windowMinutes: 5, threshold: 5, webhook: '' }),
  });
});

describe('bundle budget', () => {
  test.each(FunctionName.options)('is kept by %s, which loads no client before its first use', (name) => {
    expect(findBudgetViolations(name, metafileOf(output, name))).toEqual([]);
  });

  test('is broken by a handler that imports a client at its top', async () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'functions', 'intake'), { recursive: true });
    writeFileSync(
      join(directory, 'functions', 'intake', 'handler.ts'),
      "import { S3Client } from '@aws-sdk/client-s3';\nexport const handler = async () => new S3Client({});\n",
    );
    await bundleFunctions({
      names: ['intake'],
      functionsDirectory: join(directory, 'functions'),
      outputDirectory: join(directory, 'dist'),
      dataFiles: {},
    });
    expect(findBudgetViolations('intake', metafileOf(join(directory, 'dist'), 'intake'))).toEqual([
      expect.stringMatching(/^intake reads \d+ bytes on a cold start, \d+ are allowed$/),
      expect.stringMatching(
        /^intake loads \d+ modules of clients before their first use, such as node_modules/,
      ),
    ]);
  });
});

describe('bundles', () => {
  test.each(FunctionName.options)('of %s starts by itself and exports its handler', (name) => {
    const entry = join(bundles[name], 'index.mjs');
    const script = `const { handler } = await import(${JSON.stringify(entry)}); process.stdout.write(typeof handler);`;
    const environment = { ...ENVIRONMENT, POWERTOOLS_SERVICE_NAME: name };
    expect(
      execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
        env: environment,
      }).toString(),
    ).toBe('function');
  });
});
