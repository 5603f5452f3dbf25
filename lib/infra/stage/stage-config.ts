import * as z from 'zod';
import { FunctionName } from '../function-name.ts';

/** SQS keeps a message this long, the wait in a dead-letter queue included. */
export const MESSAGE_DAYS = 14;

/** What Standard Webhooks recommends: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
export const STANDARD_RETRY_SECONDS = [0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];

/** The days that CloudWatch Logs can keep a log group for. */
const LOG_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653] as const;

const SearchInstance = z
  .string()
  .regex(/^[a-z0-9]+\.[a-z0-9]+\.search$/, 'expected a type such as "r7g.large.search"');

const HttpUrl = z.url({ protocol: /^https?$/, error: 'expected an http or https URL' });

const ExistingDomain = z.strictObject({
  kind: z.literal('existing'),
  endpoint: HttpUrl,
});

const ManagedDomain = z
  .strictObject({
    kind: z.literal('managed'),
    instanceType: SearchInstance,
    /** Data nodes; from two on they are spread over as many zones, at most three. */
    nodes: z.int().min(1).max(80),
    ebsGb: z.int().min(10).max(16_384),
    /** Three nodes of this type that only manage the cluster. */
    masterType: SearchInstance.optional(),
  })
  .refine(({ nodes }) => nodes < 3 || nodes % 3 === 0, {
    path: ['nodes'],
    error: 'expected 1, 2 or a multiple of 3, so that the zones hold equally many',
  });

/** Which log groups of the account are subscribed: by the beginning of their name or by a tag, unless excluded. */
const Subscribe = z.strictObject({
  prefixes: z.array(
    z
      .string()
      .regex(/^[\w./#-]+$/, "expected the beginning of a log group's name, such as /aws/lambda/")
      .max(512),
  ),
  tag: z
    .strictObject({
      key: z
        .string()
        .regex(/^[\w .:/+@-]{1,128}$/, 'expected a tag key of letters, digits, spaces and _ . : / + - @'),
      value: z
        .string()
        .regex(/^[\w .:/+@-]{0,256}$/, 'expected a tag value of letters, digits, spaces and _ . : / + - @'),
    })
    .optional(),
  /** Names of log groups that are never subscribed; `*` stands for any characters. */
  exclude: z.array(
    z.string().regex(/^[\w./#*-]+$/, "expected a log group's name, in which * stands for any characters"),
  ),
});

const Alerts = z.strictObject({
  windowMinutes: z.coerce.number<number | string>().int().min(1).max(1440),
  threshold: z.coerce.number<number | string>().min(0),
  /** Where the sample rule posts to; empty for nowhere. */
  webhook: z.literal('').or(HttpUrl),
});

const LogQueue = z
  .strictObject({
    batchSize: z.int().min(1).max(10_000),
    batchWindowSeconds: z.int().min(0).max(300),
    /** Invocations of `process` at the same time. */
    maxConcurrency: z.int().min(2).max(1000),
    timeoutSeconds: z.int().min(1).max(900),
    /** How long a message that was not acknowledged stays hidden; AWS advises six times the time-out. */
    visibilitySeconds: z.int().min(1).max(43_200),
    /** Deliveries before a message goes to the dead-letter queue. */
    maxReceives: z.int().min(1).max(1000),
  })
  .refine(({ batchSize, batchWindowSeconds }) => batchSize <= 10 || batchWindowSeconds >= 1, {
    path: ['batchWindowSeconds'],
    error: 'expected at least 1 with a batchSize over 10',
  })
  .refine((queue) => queue.visibilitySeconds >= queue.timeoutSeconds + queue.batchWindowSeconds, {
    path: ['visibilitySeconds'],
    error:
      'expected at least timeoutSeconds + batchWindowSeconds, or a batch is delivered twice while it is worked on',
  });

/** Everything in which one deployment differs from another. */
export const StageConfig = z
  .strictObject({
    name: z.enum(['local', 'dev', 'prod']),
    /** What becomes of buckets, tables and the domain when their stack is deleted. */
    removal: z.enum(['destroy', 'retain']),
    architecture: z.enum(['arm64', 'x86_64']),
    /** Whether buckets and queues refuse plain HTTP. */
    tlsOnly: z.boolean(),
    retention: z.strictObject({
      logDays: z.literal(LOG_DAYS),
      /** Bodies wait here for `process`; they must outlive the message that points at them. */
      rawDays: z.int().min(MESSAGE_DAYS + 1),
      archiveDays: z.int().min(1),
      quarantineDays: z.int().min(1),
    }),
    domain: z.discriminatedUnion('kind', [ExistingDomain, ManagedDomain]),
    index: z.strictObject({
      refreshSeconds: z.int().min(1).max(3600),
      replicas: z.int().min(0).max(5),
    }),
    archiveCompression: z.enum(['zstd', 'gzip']),
    memoryMb: z.record(FunctionName, z.int().min(128).max(10_240)),
    logQueue: LogQueue,
    subscribe: Subscribe,
    alerts: Alerts,
    notify: z.strictObject({
      /** Seconds before each attempt of a delivery, the first included. */
      retrySeconds: z.array(z.int().min(0)).min(1),
      /** Private address ranges that webhooks may point into. */
      allowedPrivateCidrs: z.array(
        z.union([z.cidrv4(), z.cidrv6()], { error: 'expected a range such as 10.0.0.0/8' }),
      ),
    }),
  })
  .refine(({ domain, index }) => domain.kind === 'existing' || index.replicas < domain.nodes, {
    path: ['index', 'replicas'],
    error: 'expected fewer replicas than the domain has data nodes',
  })
  .refine(({ name, tlsOnly }) => tlsOnly || name === 'local', {
    path: ['tlsOnly'],
    error: 'plain HTTP can be allowed in stage local only',
  });
export type StageConfig = z.output<typeof StageConfig>;
export type StageInput = z.input<typeof StageConfig>;
