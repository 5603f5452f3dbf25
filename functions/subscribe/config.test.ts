import { describe, expect, test } from 'vitest';
import { Config } from './config.ts';

const environment = {
  SUBSCRIPTION_FUNCTION_ARN: 'arn:aws:lambda:eu-west-1:000000000000:function:intake-subscription',
  FILTER_NAME: 'weir-dev',
  SUBSCRIBE_PREFIXES: '/aws/lambda/,apps/',
  SUBSCRIBE_TAG: 'weir=true',
  SUBSCRIBE_EXCLUDE: '',
  OWN_PREFIX: 'Weir-',
};

describe('Config', () => {
  test('reads lists and the tag', () => {
    expect(Config.parse(environment)).toMatchObject({
      SUBSCRIBE_PREFIXES: ['/aws/lambda/', 'apps/'],
      SUBSCRIBE_TAG: { key: 'weir', value: 'true' },
      SUBSCRIBE_EXCLUDE: [],
    });
  });

  test('knows no tag and no prefix when they are empty: an empty prefix would be every log group', () => {
    const config = Config.parse({ ...environment, SUBSCRIBE_PREFIXES: '', SUBSCRIBE_TAG: '' });
    expect(config).toMatchObject({ SUBSCRIBE_PREFIXES: [], SUBSCRIBE_TAG: undefined });
  });

  test.each(['weir', '=true', 'a=b=c'])('refuses the tag %j', (tag) => {
    expect(Config.safeParse({ ...environment, SUBSCRIBE_TAG: tag }).success).toBe(false);
  });
});
