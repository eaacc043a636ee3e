import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { channelAccessToken, HTTPFetchError, liff, messagingApi, validateSignature } from '@line/bot-sdk';
import { Program } from '../fixtures/process.ts';
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

  test('gets its tokens by every way', async ({ bot }) => {
    const tokens = new channelAccessToken.ChannelAccessTokenClient({ baseURL: bot.base });
    const { id, secret } = bot.channel;
    const works = (token: string) => new messagingApi.MessagingApiClient({ channelAccessToken: token, baseURL: bot.base }).getBotInfo();
    const stateless = await tokens.issueStatelessChannelTokenByClientSecret(id, secret);
    expect(stateless.expires_in).toBe(900);
    await works(stateless.access_token);

    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { kid } = await bot.control(`channels/${id}/keys`, publicKey.export({ format: 'jwk' }));
    const assertion = (claims: object, key = privateKey) => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const now = Math.floor(Date.now() / 1000);
      const all = { iss: id, sub: id, aud: 'https://api.line.me/', exp: now + 600, token_exp: 86400, ...claims };
      const body = `${part({ alg: 'RS256', typ: 'JWT', kid })}.${part(all)}`;
      return `${body}.${createSign('sha256').update(body).sign(key, 'base64url')}`;
    };
    const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    const issue = (jwt: string) => tokens.issueChannelTokenByJWT('client_credentials', type, jwt);
    const issued = await issue(assertion({}));
    expect(issued.expires_in).toBe(86400);
    await works(issued.access_token);
    const verified = await tokens.verifyChannelTokenByJWT(issued.access_token);
    expect(verified.client_id).toBe(id);
    expect((await tokens.getsAllValidChannelAccessTokenKeyIds(type, assertion({}))).kids).toEqual([issued.key_id]);
    await works((await tokens.issueStatelessChannelTokenByJWTAssertion(assertion({}))).access_token);

    const far = Math.floor(Date.now() / 1000) + 3600;
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    for (const wrong of [{ iss: '1' }, { aud: 'https://example.com/' }, { exp: 1 }, { exp: far }, { token_exp: 0 }]) {
      expect((await issue(assertion(wrong)).catch((error) => error)).status, JSON.stringify(wrong)).toBe(400);
    }
    expect((await issue(assertion({}, stranger)).catch((error) => error)).status).toBe(400);

    await tokens.revokeChannelTokenByJWT(id, secret, issued.access_token);
    expect((await works(issued.access_token).catch((error) => error)).status).toBe(401);
  });

  test("finds content on its own host where the simulator keeps LINE's hosts apart", async () => {
    const strict = new Program('strict simulator', ['simulator', '--listen', '{listen}', '--strict', '--data-listen', '127.0.0.1:0']);
    await strict.start();
    const [, data] = await strict.waitForLog(/host for content is at (http:\S+)/);
    const bot = new Bot(strict.url);
    bot.channel = await bot.control('channels', { name: 'SDK' });
    bot.friend = (await bot.control('users', { name: 'Ken', follow: bot.channel.id })).id;
    const id = await bot.say({ type: 'image' }, { base64: Buffer.from('a picture').toString('base64'), mime: 'image/png' });
    const client = (baseURL: string) =>
      new messagingApi.MessagingApiBlobClient({ channelAccessToken: bot.channel.token, baseURL });
    const chunks: Buffer[] = [];
    for await (const chunk of await client(data!).getMessageContent(id)) chunks.push(Buffer.from(chunk));
    expect(Buffer.concat(chunks).toString()).toBe('a picture');
    expect((await client(strict.url).getMessageContent(id).catch((error) => error)).status).toBe(404);
    const api = (baseURL: string) => new messagingApi.MessagingApiClient({ channelAccessToken: bot.channel.token, baseURL });
    expect((await api(strict.url).getBotInfo()).displayName).toBe('SDK');
    expect((await api(data!).getBotInfo().catch((error) => error)).status).toBe(404);
    await strict.stop();
  });

  test('keeps LIFF apps', async ({ bot }) => {
    const client = new liff.LiffClient({ channelAccessToken: bot.channel.token, baseURL: bot.base });
    const view = { type: 'full' as const, url: 'https://example.com/card' };
    const { liffId } = await client.addLIFFApp({ view, description: 'Stamp card' });
    await client.updateLIFFApp(liffId!, { botPrompt: 'normal' });
    const { apps } = await client.getAllLIFFApps();
    expect(apps).toMatchObject([{ liffId, view, description: 'Stamp card', botPrompt: 'normal' }]);
    await client.deleteLIFFApp(liffId!);
    expect((await client.getAllLIFFApps().catch((error) => error)).status).toBe(404);
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
