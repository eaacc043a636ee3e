import { DAY, expect, japan, refused, test, text } from './line.ts';

/** Statistics: what was sent, who follows, who saw and clicked. */
export function insights() {
  test('reads its statistics', async ({ bot }) => {
    const settings = await bot.control('settings');
    await bot.control('settings', { privacy: false });
    const url = 'https://example.com/spring';
    const { httpResponse } = await bot.api.broadcastWithHttpInfo({ messages: [text(url)] });
    const requestId = httpResponse.headers.get('x-line-request-id')!;
    await bot.api.pushMessage({ to: bot.friend, messages: [text(url)], customAggregationUnits: ['spring'] });
    await bot.control(`users/${bot.friend}/see`, { requestId, url });
    const today = japan((await bot.control('clock')).now);
    expect(await bot.insight.getNumberOfMessageDeliveries(today)).toEqual({ status: 'unready' });
    await bot.later(DAY, async () => {
      const deliveries = await bot.insight.getNumberOfMessageDeliveries(today);
      expect(deliveries).toMatchObject({ status: 'ready', apiBroadcast: 1, apiPush: 1 });
      const followers = await bot.insight.getNumberOfFollowers(today);
      expect(followers).toEqual({ status: 'ready', followers: 1, targetedReaches: 1, blocks: 0 });
      expect((await bot.insight.getFriendsDemographics()).available).toEqual(expect.any(Boolean));
      const { overview, clicks } = await bot.insight.getMessageEvent(requestId);
      expect(overview).toMatchObject({ requestId, delivered: 1, uniqueImpression: 1, uniqueClick: 1 });
      expect(clicks).toMatchObject([{ url }]);
      const unit = await bot.insight.getStatisticsPerUnit('spring', today, today);
      expect(unit.messages).toMatchObject([{ seq: 1 }]);
      await refused(400, bot.insight.getStatisticsPerUnit('spring', today, '20301231'));
    });
    await bot.control('settings', settings);
  });
}
