import { messagingApi } from '@line/bot-sdk';
import { DAY, expect, japan, refused, test, text } from './line.ts';

/** The account itself: what it is called, its webhook, its quota, and small courtesies. */
export function account() {
  test('asks who it is, sets its webhook and tries it', async ({ bot }) => {
    expect(await bot.api.getBotInfo()).toMatchObject({ displayName: 'SDK', userId: bot.channel.bot, chatMode: 'bot' });
    expect(await bot.api.getWebhookEndpoint()).toEqual({ endpoint: bot.hook, active: true });
    const tried = await bot.api.testWebhookEndpoint({});
    expect(tried).toMatchObject({ success: true, statusCode: 200, reason: 'OK' });
    const nobody = await bot.api.testWebhookEndpoint({ endpoint: 'http://127.0.0.1:9/' });
    expect(nobody).toMatchObject({ success: false, reason: 'COULD_NOT_CONNECT' });
    const { body } = await refused(400, bot.api.setWebhookEndpoint({ endpoint: 'nowhere' }));
    expect(body.message).toBe('Invalid webhook endpoint URL');
  });

  test('is refused with a wrong token', async ({ bot }) => {
    const stranger = new messagingApi.MessagingApiClient({ channelAccessToken: 'wrong', baseURL: bot.base });
    expect((await refused(401, stranger.getBotInfo())).body.message).toContain('Authentication failed');
  });

  test('counts its quota, its deliveries, and finds the end', async ({ bot }) => {
    await bot.control(`channels/${bot.channel.id}`, { quota: 3 });
    expect(await bot.api.getMessageQuota()).toEqual({ type: 'limited', value: 3 });
    await bot.events();
    await bot.say(text('hello'));
    const [{ replyToken }] = await bot.events();
    await bot.api.replyMessage({ replyToken, messages: [text('free')] });
    await bot.api.pushMessage({ to: bot.friend, messages: [text('one')] });
    await bot.api.multicast({ to: [bot.friend], messages: [text('two')] });
    await bot.api.broadcast({ messages: [text('three')] });
    expect(await bot.api.getMessageQuotaConsumption()).toEqual({ totalUsage: 3 });
    const { body } = await refused(429, bot.api.pushMessage({ to: bot.friend, messages: [text('four')] }));
    expect(body).toEqual({ message: 'You have reached your monthly limit.' });

    const counts = (date: string) =>
      Promise.all([
        bot.api.getNumberOfSentReplyMessages(date),
        bot.api.getNumberOfSentPushMessages(date),
        bot.api.getNumberOfSentMulticastMessages(date),
        bot.api.getNumberOfSentBroadcastMessages(date),
      ]);
    const today = japan((await bot.control('clock')).now);
    expect(await counts(today)).toEqual(Array(4).fill({ status: 'unready' }));
    const told = await bot.later(DAY, () => counts(today));
    expect(told).toEqual(Array(4).fill({ status: 'ready', success: 1 }));
    await refused(400, bot.api.getNumberOfSentPushMessages('tomorrow'));
  });

  test('reads, is busy, and links accounts', async ({ bot }) => {
    await bot.events();
    await bot.say(text('anybody there?'));
    const [{ message }] = await bot.events();
    await bot.api.markMessagesAsReadByToken({ markAsReadToken: message.markAsReadToken });
    expect((await bot.phone()).at(-1).read).toBe(true);
    await refused(400, bot.api.markMessagesAsReadByToken({ markAsReadToken: 'wrong' }));

    const busy = await bot.api.showLoadingAnimationWithHttpInfo({ chatId: bot.friend, loadingSeconds: 10 });
    expect(busy.httpResponse.status).toBe(202);
    const { body } = await refused(400, bot.api.showLoadingAnimation({ chatId: bot.friend, loadingSeconds: 7 }));
    expect(body.details[0].property).toBe('loadingSeconds');

    expect((await bot.api.issueLinkToken(bot.friend)).linkToken).toBeTruthy();
    await refused(404, bot.api.issueLinkToken(`U${'0'.repeat(32)}`));
  });
}
