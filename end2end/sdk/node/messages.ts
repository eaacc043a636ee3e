import { randomUUID } from 'node:crypto';
import type { messagingApi } from '@line/bot-sdk';
import { expect, refused, test, text } from './line.ts';

const PICTURE = 'https://example.com/bath.jpg';

/** One of each kind that a bot can send to a friend. */
function everyMessage(): messagingApi.Message[] {
  const see = { type: 'uri' as const, label: 'See', uri: 'https://example.com/' };
  const yes = { type: 'message' as const, label: 'Yes', text: 'Yes' };
  const emoji = { productId: '5ac1bfd5040ab15980c9b435', emojiId: '001' };
  const bubble = {
    type: 'bubble' as const,
    body: {
      type: 'box' as const,
      layout: 'vertical' as const,
      contents: [{ type: 'text' as const, text: 'Open till 23:00', wrap: true }],
    },
  };
  return [
    {
      ...text('$ Welcome'),
      emojis: [{ index: 0, ...emoji }],
      sender: { name: 'Okami', iconUrl: PICTURE },
      quickReply: { items: [{ type: 'action', action: yes }, { type: 'action', action: { type: 'camera', label: 'Camera' } }] },
    },
    { type: 'textV2', text: 'Hot {face}', substitution: { face: { type: 'emoji', ...emoji } } },
    { type: 'sticker', packageId: '446', stickerId: '1988' },
    { type: 'image', originalContentUrl: PICTURE, previewImageUrl: PICTURE },
    { type: 'video', originalContentUrl: 'https://example.com/bath.mp4', previewImageUrl: PICTURE, trackingId: 'film' },
    { type: 'audio', originalContentUrl: 'https://example.com/bell.m4a', duration: 1200 },
    { type: 'location', title: 'Onsen', address: 'Kyoto', latitude: 35, longitude: 135.7 },
    {
      type: 'imagemap',
      baseUrl: 'https://example.com/map',
      altText: 'Map',
      baseSize: { width: 1040, height: 520 },
      actions: [{ type: 'uri', linkUri: 'https://example.com/', area: { x: 0, y: 0, width: 520, height: 520 } }],
    },
    { type: 'template', altText: 'Baths', template: { type: 'buttons', text: 'Which?', actions: [yes, see] } },
    { type: 'template', altText: 'Towel', template: { type: 'confirm', text: 'Towel?', actions: [yes, see] } },
    { type: 'template', altText: 'Baths', template: { type: 'carousel', columns: [{ text: 'Stone', actions: [see] }] } },
    {
      type: 'template',
      altText: 'Baths',
      template: { type: 'image_carousel', columns: [{ imageUrl: PICTURE, action: see }] },
    },
    { type: 'flex', altText: 'Hours', contents: bubble },
    { type: 'flex', altText: 'Hours', contents: { type: 'carousel', contents: [bubble, bubble] } },
  ];
}

/** Sending: reply, push, multicast, broadcast, narrowcast, the checks before, retry keys and units. */
export function messages() {
  test('sends every kind of message', async ({ bot }) => {
    const kinds = everyMessage();
    for (let at = 0; at < kinds.length; at += 5) {
      const some = kinds.slice(at, at + 5);
      const { sentMessages } = await bot.api.pushMessage({ to: bot.friend, messages: some });
      expect(sentMessages).toHaveLength(some.length);
    }
    const arrived = (await bot.phone()).filter((message) => message.from.by === 'bot').map((message) => message.body);
    expect(arrived).toEqual(kinds);
  });

  test('replies once, and quotes', async ({ bot }) => {
    await bot.events();
    await bot.say(text('How much?'));
    const [{ replyToken, message }] = await bot.events();
    const reply = { replyToken, messages: [{ ...text('800 yen'), quoteToken: message.quoteToken }] };
    const { sentMessages } = await bot.api.replyMessage(reply);
    expect(sentMessages).toEqual([{ id: expect.stringMatching(/^\d+$/), quoteToken: expect.any(String) }]);
    expect((await refused(400, bot.api.replyMessage(reply))).body).toEqual({ message: 'Invalid reply token' });
  });

  test('sends a retry key once', async ({ bot }) => {
    const messages = [text('once')];
    const sends = {
      push: (key: string) => bot.api.pushMessageWithHttpInfo({ to: bot.friend, messages }, key),
      multicast: (key: string) => bot.api.multicastWithHttpInfo({ to: [bot.friend], messages }, key),
      broadcast: (key: string) => bot.api.broadcastWithHttpInfo({ messages }, key),
      narrowcast: (key: string) => bot.api.narrowcastWithHttpInfo({ messages }, key),
    };
    for (const [kind, send] of Object.entries(sends)) {
      const key = randomUUID();
      const { httpResponse, body } = await send(key);
      expect(httpResponse.status, kind).toBe(kind === 'narrowcast' ? 202 : 200);
      const again = await refused(409, send(key));
      expect(again.body.message).toBe('The retry key is already accepted');
      expect(again.headers.get('x-line-accepted-request-id')).toBe(httpResponse.headers.get('x-line-request-id'));
      if (kind === 'push') expect(again.body.sentMessages).toEqual((body as messagingApi.PushMessageResponse).sentMessages);
    }
    const { body } = await refused(400, bot.api.multicast({ to: [bot.friend, 'U1'], messages }));
    expect(body.message).toContain('to[1]');
  });

  test('follows a narrowcast to its end', async ({ bot }) => {
    await bot.befriend('Mai');
    const { httpResponse } = await bot.api.narrowcastWithHttpInfo({ messages: [text('To one')], limit: { max: 1 } });
    const id = httpResponse.headers.get('x-line-request-id')!;
    expect((await bot.api.getNarrowcastProgress(id)).phase).toBe('waiting');
    await expect.poll(async () => (await bot.api.getNarrowcastProgress(id)).phase).toBe('succeeded');
    expect(await bot.api.getNarrowcastProgress(id)).toMatchObject({ targetCount: 1, successCount: 1, failureCount: 0 });
    await refused(404, bot.api.getNarrowcastProgress(randomUUID()));
  });

  test('has its messages checked', async ({ bot }) => {
    const checks = [
      bot.api.validateReply,
      bot.api.validatePush,
      bot.api.validateMulticast,
      bot.api.validateNarrowcast,
      bot.api.validateBroadcast,
    ];
    for (const check of checks) {
      await check({ messages: everyMessage().slice(-5) });
      const { body } = await refused(400, check({ messages: [text('')] }));
      expect(body.details[0]).toEqual({ message: 'May not be empty', property: 'messages[0].text' });
    }
  });

  test('names the units of its statistics', async ({ bot }) => {
    expect(await bot.api.getAggregationUnitUsage()).toEqual({ numOfCustomAggregationUnits: 0 });
    const messages = [text('A or B')];
    await bot.api.pushMessage({ to: bot.friend, messages, customAggregationUnits: ['variant_a'] });
    await bot.api.multicast({ to: [bot.friend], messages, customAggregationUnits: ['variant_b'] });
    expect(await bot.api.getAggregationUnitUsage()).toEqual({ numOfCustomAggregationUnits: 2 });
    const first = await bot.api.getAggregationUnitNameList('1');
    expect(first.customAggregationUnits).toEqual(['variant_a']);
    expect(await bot.api.getAggregationUnitNameList('1', first.next)).toEqual({ customAggregationUnits: ['variant_b'] });
  });
}
