import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  channelAccessToken,
  HTTPFetchError,
  insight,
  liff,
  manageAudience,
  messagingApi,
  moduleAttach,
  moduleOperation,
  shop,
  type webhook,
} from '@line/bot-sdk';
import { png } from '../../fixtures/picture.ts';
import { expect, test as base } from '../../fixtures/server.ts';

export type Received = { body: string; signature: string; agent: string };

const CLIENTS = [
  messagingApi.MessagingApiClient,
  messagingApi.MessagingApiBlobClient,
  insight.InsightClient,
  manageAudience.ManageAudienceClient,
  manageAudience.ManageAudienceBlobClient,
  liff.LiffClient,
  channelAccessToken.ChannelAccessTokenClient,
  moduleOperation.LineModuleClient,
  moduleAttach.LineModuleAttachClient,
  shop.ShopClient,
];

/** Every operation of the SDK, as `Client.operation`. */
export const operations = CLIENTS.flatMap((client) =>
  Object.getOwnPropertyNames(client.prototype)
    .filter((name) => !['constructor', 'parseHTTPResponse'].includes(name) && !name.includes('WithHttpInfo'))
    .map((name) => `${client.name}.${name}`),
);

/** Those that were called by the tests of this worker. */
export const called = new Set<string>();

/** The client itself, whose calls are noted. */
function watched<T extends object>(client: T): T {
  const kind = client.constructor.name;
  return new Proxy(client, {
    get(target, name) {
      const found = Reflect.get(target, name);
      if (typeof found !== 'function') return found;
      return (...args: unknown[]) => {
        called.add(`${kind}.${String(name).replace('WithHttpInfo', '')}`);
        return found.apply(target, args);
      };
    },
  });
}

/** A channel of the simulator, with clients of the SDK, a friend, and a receiver of webhooks. */
export class Bot {
  received: Received[] = [];
  channel!: { id: string; secret: string; token: string; bot: string };
  friend!: string;
  hook = '';
  #server: Server;

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

  async start() {
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready));
    this.hook = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
    this.channel = await this.control('channels', { name: 'SDK', quota: 100 });
    await this.api.setWebhookEndpoint({ endpoint: this.hook });
    this.friend = await this.befriend('Ken');
  }

  stop() {
    this.#server.close();
  }

  #client<T extends object>(kind: new (config: { channelAccessToken: string; baseURL: string }) => T): T {
    return watched(new kind({ channelAccessToken: this.channel.token, baseURL: this.base }));
  }

  get api() {
    return this.#client(messagingApi.MessagingApiClient);
  }

  get blob() {
    return this.#client(messagingApi.MessagingApiBlobClient);
  }

  get audiences() {
    return this.#client(manageAudience.ManageAudienceClient);
  }

  get files() {
    return this.#client(manageAudience.ManageAudienceBlobClient);
  }

  get insight() {
    return this.#client(insight.InsightClient);
  }

  get liff() {
    return this.#client(liff.LiffClient);
  }

  get module() {
    return this.#client(moduleOperation.LineModuleClient);
  }

  get attach() {
    return this.#client(moduleAttach.LineModuleAttachClient);
  }

  get shop() {
    return this.#client(shop.ShopClient);
  }

  get tokens() {
    return watched(new channelAccessToken.ChannelAccessTokenClient({ baseURL: this.base }));
  }

  /** Asks the simulator's control API; POSTs unless there is no body. */
  async control<T = any>(path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<T> {
    const answer = await fetch(`${this.base}/simulator/api/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
    return (await answer.json()) as T;
  }

  async befriend(name: string): Promise<string> {
    return (await this.control('users', { name, language: 'ja', follow: this.channel.id })).id;
  }

  /** The friend says something; answers the message's id. */
  async say(message: object, more: object = {}): Promise<string> {
    const said = await this.control(`users/${this.friend}/say`, { room: this.channel.id, message, ...more });
    await this.flush();
    return said.messageId;
  }

  /** Waits until every webhook has been sent. */
  async flush() {
    await this.control(`channels/${this.channel.id}/flush`, {});
  }

  /** The events that came since this was last asked. */
  async events(): Promise<any[]> {
    await this.flush();
    const came = this.received.splice(0);
    return came.flatMap(({ body }) => (JSON.parse(body) as webhook.CallbackRequest).events);
  }

  /** What stands in the room with a friend, the oldest first. */
  async phone(user = this.friend): Promise<any[]> {
    return this.control(`messages?room=${this.channel.id}&user=${user}`);
  }

  /** Runs with the simulator's clock moved on. */
  async later<T>(millis: number, work: () => Promise<T>): Promise<T> {
    const { now } = await this.control('clock');
    await this.control('clock', { now: now + millis });
    try {
      return await work();
    } finally {
      await this.control('clock', {});
    }
  }
}

/** Expects that the SDK throws its error, with status, body and request id; answers the body and the headers. */
export async function refused(status: number, call: Promise<unknown>): Promise<{ body: any; headers: Headers }> {
  const error = await call.then(
    (answer) => Promise.reject(new Error(`not refused: ${JSON.stringify(answer)}`)),
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(HTTPFetchError);
  const refusal = error as HTTPFetchError;
  expect(refusal.status, refusal.body).toBe(status);
  expect(refusal.headers.get('x-line-request-id')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  return { body: JSON.parse(refusal.body), headers: refusal.headers };
}

/** The whole of a stream. */
export async function whole(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The day in Japan, yyyyMMdd. */
export const japan = (now: number) => new Date(now + 9 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');

export const DAY = 86_400_000;

export const text = (words: string) => ({ type: 'text' as const, text: words });

export const test = base.extend<{ bot: Bot }>({
  bot: async ({ simulator }, use) => {
    const bot = new Bot(simulator.url);
    await bot.start();
    await use(bot);
    bot.stop();
  },
});

export { expect, png };
