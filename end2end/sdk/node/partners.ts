import { LineBotClient } from '@line/bot-sdk';
import { expect, refused, test, text, whole } from './line.ts';

/** What needs a contract with LINE is refused, as it is for everybody without one. */
export function partners() {
  test('is refused what is for partners', async ({ bot }) => {
    const sticker = { to: bot.friend, productId: '1', productType: 'STICKER', sendPresentMessage: false };
    const calls: [string, () => Promise<unknown>][] = [
      ['pnp', () => bot.api.pushMessagesByPhone({ to: '0'.repeat(64), messages: [text('Your parcel')] }, 'a delivery tag of 16')],
      ['pnp statistics', () => bot.api.getPNPMessageStatistics('20260101')],
      ['mark as read', () => bot.api.markMessagesAsRead({ chat: { userId: bot.friend } })],
      ['mission sticker', () => bot.shop.missionStickerV3(sticker)],
      ['acquire', () => bot.module.acquireChatControl(bot.friend, { expired: true, ttl: 60 })],
      ['release', () => bot.module.releaseChatControl(bot.friend)],
      ['detach', () => bot.module.detachModule({ botId: bot.channel.bot })],
      ['modules', () => bot.module.getModules()],
      ['attach', () => bot.attach.attachModule('authorization_code', 'code', 'https://example.com/')],
    ];
    for (const [what, call] of calls) {
      const { body } = await refused(403, call());
      expect(body, what).toEqual({ message: 'Access to this API is not available for your account' });
    }
  });
}

/** The SDK's newer client, which holds all the others. */
export function together() {
  test('works through one client for everything', async ({ bot }) => {
    const [apiBaseURL, dataApiBaseURL, managerBaseURL] = [bot.base, bot.base, bot.base];
    const { token: channelAccessToken } = bot.channel;
    const line = LineBotClient.fromChannelAccessToken({ channelAccessToken, apiBaseURL, dataApiBaseURL, managerBaseURL });
    expect((await line.getProfile(bot.friend)).displayName).toBe('Ken');
    await line.pushMessage({ to: bot.friend, messages: [text('hello')] });
    const id = await bot.say({ type: 'image' }, { base64: 'YSBwaWN0dXJl', mime: 'image/png' });
    expect((await whole(await line.getMessageContent(id))).toString()).toBe('a picture');
    expect((await line.getAudienceGroups(1)).audienceGroups).toEqual([]);
    await refused(403, line.getModules());
    await refused(404, line.getAllLIFFApps());
  });
}
