import { INSIGHT } from '../sdk/insight.ts';
import { account } from '../sdk/node/account.ts';
import { audiences } from '../sdk/node/audiences.ts';
import { content } from '../sdk/node/content.ts';
import { coupons } from '../sdk/node/coupons.ts';
import { insights } from '../sdk/node/insights.ts';
import { called, expect, operations, test } from '../sdk/node/line.ts';
import { messages } from '../sdk/node/messages.ts';
import { partners, together } from '../sdk/node/partners.ts';
import { people } from '../sdk/node/people.ts';
import { richMenus } from '../sdk/node/rich_menus.ts';
import { tokens } from '../sdk/node/tokens.ts';
import { webhooks } from '../sdk/node/webhooks.ts';

const FAMILIES = [account, messages, content, people, richMenus, audiences, coupons, tokens, webhooks, partners, together];

test.describe("LINE's SDK for Node", () => {
  let passed = 0;
  let begun = 0;
  test.beforeEach(() => {
    begun += 1;
  });
  test.afterEach(({}, info) => {
    if (info.status === info.expectedStatus) passed += 1;
  });

  for (const family of FAMILIES) family();
  if (INSIGHT) insights();

  test('was called in every operation', () => {
    test.skip(begun < 20 || passed < begun - 1, 'only after all of the others, in one run');
    const wanted = operations.filter((name) => INSIGHT || !name.startsWith('InsightClient.'));
    expect(wanted.length).toBeGreaterThan(90);
    expect(wanted.filter((name) => !called.has(name))).toEqual([]);
  });
});
