import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { SubscriptionFilter } from '../../core/subscribe/log-group.ts';
import type { LogGroups } from '../../ports/log-groups.ts';

type Sdk = typeof import('@aws-sdk/client-cloudwatch-logs');
type Connection = { readonly sdk: Sdk; readonly client: CloudWatchLogsClient };

const MAX_ATTEMPTS = 8;

/**
 * The log groups of the account and region of the environment. Its quotas are a few requests a second, shared with
 * everybody in the account: what is throttled is tried again, ever more slowly.
 */
export function createCloudWatchLogGroups(): LogGroups {
  let loaded: Promise<Connection> | undefined;
  const connect = () => {
    loaded ??= openClient();
    return loaded;
  };
  return {
    async *list(prefix) {
      const { sdk, client } = await connect();
      for await (const page of sdk.paginateDescribeLogGroups({ client }, { logGroupNamePrefix: prefix })) {
        for (const { logGroupName: name, logGroupArn: arn, logGroupClass = 'STANDARD' } of page.logGroups ??
          []) {
          // The other classes cannot have subscription filters.
          if (name !== undefined && arn !== undefined && logGroupClass === 'STANDARD') yield { name, arn };
        }
      }
    },
    async describe({ name, arn }) {
      const connection = await connect();
      const { sdk, client } = connection;
      return unlessGone(sdk, async () => {
        const [{ tags = {} }, filters] = await Promise.all([
          client.send(new sdk.ListTagsForResourceCommand({ resourceArn: arn })),
          readFilters(connection, name),
        ]);
        return { name, tags, filters };
      });
    },
    async subscribe(logGroupName, { name: filterName, pattern: filterPattern, destinationArn }) {
      const { sdk, client } = await connect();
      await client.send(
        new sdk.PutSubscriptionFilterCommand({ logGroupName, filterName, filterPattern, destinationArn }),
      );
    },
    async unsubscribe(logGroupName, filterName) {
      const { sdk, client } = await connect();
      await unlessGone(sdk, () =>
        client.send(new sdk.DeleteSubscriptionFilterCommand({ logGroupName, filterName })),
      );
    },
  };
}

async function openClient(): Promise<Connection> {
  const sdk = await import('@aws-sdk/client-cloudwatch-logs');
  return { sdk, client: new sdk.CloudWatchLogsClient({ retryMode: 'adaptive', maxAttempts: MAX_ATTEMPTS }) };
}

/** A log group has two filters at most, so the first page holds them all. */
async function readFilters({ sdk, client }: Connection, logGroupName: string): Promise<SubscriptionFilter[]> {
  const { subscriptionFilters = [] } = await client.send(
    new sdk.DescribeSubscriptionFiltersCommand({ logGroupName }),
  );
  return subscriptionFilters.map(({ filterName = '', filterPattern = '', destinationArn = '' }) => ({
    name: filterName,
    pattern: filterPattern,
    destinationArn,
  }));
}

async function unlessGone<Result>(sdk: Sdk, request: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof sdk.ResourceNotFoundException) return undefined;
    throw error;
  }
}
