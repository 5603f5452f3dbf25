import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { LogGroup, SubscriptionFilter } from '../../lib/core/subscribe/log-group.ts';
import type { LogGroupSummary, LogGroups } from '../../lib/ports/log-groups.ts';

/** More than one page of CloudWatch Logs holds. */
const MANY = 55;
const DESTINATION = 'arn:aws:lambda:eu-west-1:000000000000:function:contract';

/** What LogGroups do. `create` gives those that hold the log groups which it is given, besides others perhaps. */
export function defineLogGroupsContract(
  name: string,
  create: (initial: readonly LogGroup[]) => Promise<LogGroups>,
): void {
  describe(`the log groups contract, ${name}`, () => {
    const folder = `/contract/${randomBytes(4).toString('hex')}/`;
    const many = Array.from(
      { length: MANY },
      (_, place) => `${folder}many/${String(place).padStart(3, '0')}`,
    );
    const tagged = { name: `${folder}tagged`, tags: { team: 'shop', tier: '1' }, filters: [] };
    let groups: LogGroups;
    beforeAll(async () => {
      groups = await create([tagged, ...many.map((group) => ({ name: group, tags: {}, filters: [] }))]);
    });

    const list = async (prefix?: string): Promise<LogGroupSummary[]> => {
      const found = [];
      for await (const summary of groups.list(prefix)) found.push(summary);
      return found;
    };
    const filtersOf = async (group: string) => {
      const [summary] = await list(group);
      return (await groups.describe(summary!))?.filters;
    };
    const filter: SubscriptionFilter = { name: 'weir-contract', pattern: '', destinationArn: DESTINATION };

    test('lists the log groups of a prefix, in order of name and over all pages', async () => {
      expect((await list(`${folder}many/`)).map((summary) => summary.name)).toEqual(many);
    });

    test('lists everything without a prefix', async () => {
      const names = (await list()).map((summary) => summary.name);
      expect(names).toEqual(expect.arrayContaining([tagged.name, ...many]));
    });

    test('reads the tags of a log group', async () => {
      const [summary] = await list(tagged.name);
      expect(await groups.describe(summary!)).toEqual(tagged);
    });

    test('has nothing to say of a log group that is gone', async () => {
      const [summary] = await list(tagged.name);
      const gone = { name: `${tagged.name}-gone`, arn: `${summary!.arn}-gone` };
      expect(await groups.describe(gone)).toBeUndefined();
    });

    test('puts filters on a log group, replaces the one of the same name, and takes off only what is named', async () => {
      const [first] = many;
      const other = { ...filter, name: 'theirs', pattern: 'ERROR' };
      await groups.subscribe(first!, other);
      await groups.subscribe(first!, { ...filter, destinationArn: `${DESTINATION}-before` });
      await groups.subscribe(first!, filter);
      expect(await filtersOf(first!)).toEqual(expect.arrayContaining([other, filter]));
      expect(await filtersOf(first!)).toHaveLength(2);
      await groups.unsubscribe(first!, filter.name);
      expect(await filtersOf(first!)).toEqual([other]);
    });

    test('minds no filter and no log group that is gone already', async () => {
      await groups.unsubscribe(many[1]!, filter.name);
      await groups.unsubscribe(`${folder}gone`, filter.name);
    });

    test('throws where a log group that is to be subscribed is gone', async () => {
      await expect(groups.subscribe(`${folder}gone`, filter)).rejects.toThrow();
    });
  });
}
