import { createHmac } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Program } from '../fixtures/process.ts';
import { type Bot, expect, test as base, text } from '../sdk/node/line.ts';
import { python } from '../sdk/python.ts';

const file = (name: string) => fileURLToPath(new URL(`../sdk/bots/${name}`, import.meta.url));

/** Bots as the SDKs' own examples make them: what runs them, and the file. */
const BOTS = {
  Node: () => [process.execPath, file('bot.mjs')],
  Python: () => [python(), file('bot.py')],
};

const test = base.extend<{ language: keyof typeof BOTS; stock: Program }>({
  language: ['Node', { option: true }],
  stock: async ({ bot, language }, use) => {
    const [bin, ...args] = BOTS[language]();
    const { secret: CHANNEL_SECRET, token: CHANNEL_TOKEN } = bot.channel;
    const program = new Program('bot', args, { bin, env: { SIMULATOR: bot.base, CHANNEL_SECRET, CHANNEL_TOKEN } });
    await program.start();
    await bot.events();
    await bot.control(`channels/${bot.channel.id}`, { endpoint: `${program.url}/callback`, redelivery: false });
    await use(program);
    await program.stop();
  },
});

/** What the bot has said to the friend, the oldest first. */
async function heard(bot: Bot): Promise<any[]> {
  return (await bot.phone()).filter((message) => message.from.by === 'bot').map((message) => message.body);
}

const texts = async (bot: Bot) => (await heard(bot)).map((body) => body.text);

/** Statuses that the stock bot answered to webhooks, the oldest first. */
async function answered(bot: Bot, stock: Program): Promise<number[]> {
  const log: any[] = await bot.control('log');
  const own = log.filter((entry) => entry.webhook && entry.target.startsWith(stock.url));
  return own.sort((a, b) => a.id - b.id).map((entry) => entry.status);
}

for (const language of ['Node', 'Python'] as const) {
  test.describe(`a stock bot in ${language}`, () => {
    test.use({ language });

    test('answers what a friend does', async ({ bot, stock }) => {
      const { id } = bot.channel;
      expect(await bot.api.testWebhookEndpoint({})).toMatchObject({ success: true, statusCode: 200 });
      const act = async (path: string, body: object) => {
        await bot.control(`users/${bot.friend}/${path}`, { channel: id, room: id, ...body });
        await bot.flush();
      };
      await bot.say(text('いい湯だな 🍶'));
      await bot.say(text('profile'));
      await bot.say(text('menu'));
      await act('postback', { data: 'book' });
      await bot.say({ type: 'image' }, { base64: Buffer.from('a picture').toString('base64'), mime: 'image/png' });
      // Nothing is to be said to these.
      await bot.say({ type: 'location', latitude: 35, longitude: 135.7 });
      await act('block', {});
      await act('follow', {});
      const said = await heard(bot);
      expect(said.map((body) => body.text)).toEqual([
        'いい湯だな 🍶',
        'you are Ken',
        'what would you like?',
        'postback: book',
        '9 bytes',
        'welcome',
      ]);
      expect(said[2].quickReply.items[0].action).toEqual({ type: 'postback', label: 'Book', data: 'book' });
      expect(await answered(bot, stock)).toEqual(Array(9).fill(200));
      expect((await bot.api.getMessageQuotaConsumption()).totalUsage).toBe(0);
    });

    test('answers an event that comes twice once', async ({ bot, stock }) => {
      await bot.control('faults', [{ kind: 'duplicate_webhook', remaining: 1 }], 'PUT');
      await bot.say(text('only once'));
      await bot.say(text('and on'));
      expect(await texts(bot)).toEqual(['only once', 'and on']);
      expect(await answered(bot, stock)).toEqual([200, 200, 200]);
    });

    test('gets again what it stumbled over', async ({ bot, stock }) => {
      await bot.control(`channels/${bot.channel.id}`, { redelivery: true });
      await bot.say(text('stumble'));
      expect(await texts(bot)).toEqual([]);
      await expect.poll(() => texts(bot)).toEqual(['up again']);
      await bot.say(text('and on'));
      expect(await texts(bot)).toEqual(['up again', 'and on']);
      expect(await answered(bot, stock)).toEqual([500, 200, 200]);
    });

    test('answers several events of one webhook, and lets pass what it does not know', async ({ bot, stock }) => {
      // Events with reply tokens that work: they are let come to another address first.
      await bot.control(`channels/${bot.channel.id}`, { endpoint: bot.hook });
      for (const words of ['one', 'two', 'three']) await bot.say(text(words));
      await bot.control(`users/${bot.friend}/postback`, { room: bot.channel.id, data: 'four' });
      const events = await bot.events();
      expect(events).toHaveLength(4);
      await bot.control(`channels/${bot.channel.id}`, { endpoint: `${stock.url}/callback` });
      const strange = { ...events[0], type: 'danmaku', webhookEventId: '0'.repeat(26), message: undefined };
      const body = { destination: bot.channel.bot, events: [strange, ...events, events[0]] };
      expect(await bot.control('raw-webhook', { channel: bot.channel.id, body })).toMatchObject({ status: 200 });
      expect((await texts(bot)).sort()).toEqual(['one', 'postback: four', 'three', 'two']);
    });

    test('does nothing for a bad signature', async ({ bot, stock }) => {
      const events = [{ type: 'message', replyToken: 'x', message: { type: 'text', text: 'forged' } }];
      const body = JSON.stringify({ destination: bot.channel.bot, events });
      const sign = (secret: string, signed: string) => createHmac('sha256', secret).update(signed).digest('base64');
      const { secret } = bot.channel;
      const table: [string, string, string | undefined, number][] = [
        ['none', body, undefined, 401],
        ['empty', body, '', 401],
        ['words', body, 'not a signature', 401],
        ["another channel's", body, sign('another', body), 401],
        ['of another body', body, sign(secret, `${body} `), 401],
        ['cut short', body, sign(secret, body).slice(0, -4), 401],
        ['good, on what is no JSON', 'events', sign(secret, 'events'), 400],
        ['good, on nothing', '{"events":[]}', sign(secret, '{"events":[]}'), 200],
      ];
      for (const [what, sent, signature, status] of table) {
        const headers = { 'content-type': 'application/json', ...(signature !== undefined && { 'x-line-signature': signature }) };
        const answer = await fetch(`${stock.url}/callback`, { method: 'POST', headers, body: sent });
        expect(answer.status, what).toBe(status);
      }
      const raw = { channel: bot.channel.id, body, signature: sign('another', body) };
      expect(await bot.control('raw-webhook', raw)).toMatchObject({ status: 401, reason: 'ERROR_STATUS_CODE' });
      expect(await texts(bot)).toEqual([]);
      await bot.say(text('still here'));
      expect(await texts(bot)).toEqual(['still here']);
    });
  });
}
