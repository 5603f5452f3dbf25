import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  PutSubscriptionFilterCommand,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-cloudwatch-logs';

/** The part of a decoded subscription payload that makes a log group again. */
export interface SubscriptionSample {
  readonly logGroup: string;
  readonly logStream: string;
  readonly logEvents: readonly { readonly timestamp: number; readonly message: string }[];
}

const FILTER_NAME = 'weir';

/** Writes the events to CloudWatch Logs, in a log group that is subscribed to Weir as a user would subscribe it. */
export async function forwardLogGroup(sample: SubscriptionSample, functionArn: string): Promise<void> {
  const client = new CloudWatchLogsClient({});
  const { logGroup: logGroupName, logStream: logStreamName } = sample;
  await unlessThere(client.send(new CreateLogGroupCommand({ logGroupName })));
  await client.send(
    // Other than the empty pattern the emulator delivers nothing.
    new PutSubscriptionFilterCommand({
      logGroupName,
      filterName: FILTER_NAME,
      filterPattern: '',
      destinationArn: functionArn,
    }),
  );
  await unlessThere(client.send(new CreateLogStreamCommand({ logGroupName, logStreamName })));
  const logEvents = sample.logEvents.map(({ timestamp, message }) => ({ timestamp, message }));
  await client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
}

async function unlessThere(creation: Promise<unknown>): Promise<void> {
  try {
    await creation;
  } catch (error) {
    if (!(error instanceof ResourceAlreadyExistsException)) throw error;
  }
}
