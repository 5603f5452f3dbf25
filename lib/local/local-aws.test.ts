import { expect, test } from 'vitest';
import { withLocalAws } from './local-aws.ts';

test('withLocalAws leaves nothing that leads to a real account', () => {
  const environment = {
    HOME: '/home/me',
    AWS_PROFILE: 'prod',
    AWS_SESSION_TOKEN: 'real',
    AWS_REGION: 'us-east-1',
  };
  const local = withLocalAws(environment, 'http://127.0.0.1:1');
  expect(local).toMatchObject({
    HOME: '/home/me',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    AWS_REGION: 'eu-west-1',
  });
  expect(local).not.toHaveProperty('AWS_PROFILE');
  expect(local).not.toHaveProperty('AWS_SESSION_TOKEN');
});
