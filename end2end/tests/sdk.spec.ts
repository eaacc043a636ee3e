import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HTTPFetchError, messagingApi, validateSignature } from '@line/bot-sdk';
import { expect, test as base } from '../fixtures/server.ts';

type Received = { body: string; signature: string; agent: string };

/** LINE's own SDK, aimed at the simulator, with a channel, a friend and a receiver of webhooks of its own. */
class Bot {
  received: Received[] = [];
  api!: messagingApi.MessagingApiClient;
  blob!: messagingApi.MessagingApiBlobClient;
  channel!: { id: string; secret: string; token: string; bot: string };
  friend!: string;
  #server: Server;
  hook = '';

  constructor(readonly base: string) {
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        const header = (name: string) => String(request.headers[name] ?? '');
        this.received.push({ body, signature: header('x-line-signature'), agent: header('user-agent') });
        response.end();
      });
    });
  }

  async control<T = any>(path: string, body: unknown): Promise<T> {
    const answer = await fetch(`${this.base}/simulator/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
    return (await answer.json()) as T;
  }

  async start() {
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready));
    this.hook = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
    this.channel = await this.control('channels', { name: 'SDK', quota: 100 });
    const options = { channelAccessToken: this.channel.token, baseURL: this.base };
    this.api = new messagingApi.MessagingApiClient(options);
    this.blob = new messagingApi.MessagingApiBlobClient(options);
    await this.api.setWebhookEndpoint({ endpoint: this.hook });
    this.friend = (await this.control('users', { name: 'Ken', language: 'ja', follow: this.channel.id })).id;
  }

  async say(message: object, more: object = {}) {
    const said = await this.control(`users/${this.friend}/say`, { room: this.channel.id, message, ...more });
    await this.control(`channels/${this.channel.id}/flush`, {});
    return said.messageId as string;
  }

  stop() {
    this.#server.close();
  }
}

const test = base.extend<{ bot: Bot }>({
  bot: async ({ simulator }, use) => {
    const bot = new Bot(simulator.url);
    await bot.start();
    await use(bot);
    bot.stop();
  },
});

const text = (words: string) => ({ type: 'text' as const, text: words });

test.describe("LINE's own SDK", () => {
  test.skip(({ isMobile }) => isMobile, 'the same without a screen');

  test('asks who it is and who its friends are', async ({ bot }) => {
    const info = await bot.api.getBotInfo();
    expect(info).toMatchObject({ displayName: 'SDK', userId: bot.channel.bot, chatMode: 'bot' });
    const profile = await bot.api.getProfile(bot.friend);
    expect(profile).toMatchObject({ displayName: 'Ken', userId: bot.friend, language: 'ja' });
    expect(await bot.api.getWebhookEndpoint()).toEqual({ endpoint: bot.hook, active: true });
    expect(await bot.api.testWebhookEndpoint({})).toMatchObject({ success: true, statusCode: 200, reason: 'OK' });
  });

  test('sends a retry key once', async ({ bot }) => {
    const key = randomUUID();
    const push = () => bot.api.pushMessage({ to: bot.friend, messages: [text('once')] }, key);
    const { sentMessages } = await push();
    const refused = await push().catch((error) => error);
    expect(refused).toBeInstanceOf(HTTPFetchError);
    expect(refused.status).toBe(409);
    expect(refused.headers.get('x-line-accepted-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(refused.body).sentMessages).toEqual(sentMessages);
    expect(await bot.api.getMessageQuota()).toEqual({ type: 'limited', value: 100 });
    expect(await bot.api.getMessageQuotaConsumption()).toEqual({ totalUsage: 1 });
  });

  test('accepts our webhooks and answers them', async ({ bot }) => {
    await bot.say(text('こんにちは'));
    expect(bot.received.length).toBeGreaterThan(1);
    for (const { body, signature, agent } of bot.received) {
      expect(validateSignature(body, bot.channel.secret, signature)).toBe(true);
      expect(validateSignature(body + ' ', bot.channel.secret, signature)).toBe(false);
      expect(agent).toBe('LineBotWebhook/2.0');
    }
    const [event] = JSON.parse(bot.received.at(-1)!.body).events;
    expect(event).toMatchObject({ type: 'message', message: { type: 'text', text: 'こんにちは' } });
    const reply = { replyToken: event.replyToken, messages: [text('はい')] };
    const { sentMessages } = await bot.api.replyMessage(reply);
    expect(sentMessages).toHaveLength(1);
    const refused = await bot.api.replyMessage(reply).catch((error) => error);
    expect([refused.status, JSON.parse(refused.body)]).toEqual([400, { message: 'Invalid reply token' }]);
  });

  test('fetches a picture', async ({ bot }) => {
    const id = await bot.say({ type: 'image' }, { base64: Buffer.from('a picture').toString('base64'), mime: 'image/png' });
    const content = await bot.blob.getMessageContent(id);
    const chunks: Buffer[] = [];
    for await (const chunk of content) chunks.push(Buffer.from(chunk));
    expect(Buffer.concat(chunks).toString()).toBe('a picture');
    await bot.control(`users/${bot.friend}/unsend`, { messageId: id });
    const gone = await bot.blob.getMessageContent(id).catch((error) => error);
    expect(gone.status).toBe(410);
  });
});
