import { messagingApi } from '@line/bot-sdk';
import { Program } from '../fixtures/process.ts';
import { expect, test } from '../fixtures/server.ts';

test('LINE’s hosts are kept apart where the simulator is strict', async ({ isMobile }) => {
  test.skip(isMobile, 'the same without a screen');
  const strict = new Program('strict simulator', ['simulator', '--listen', '{listen}', '--strict', '--data-listen', '127.0.0.1:0']);
  await strict.start();
  const [, data] = await strict.waitForLog(/host for content is at (http:\S+)/);
  const control = async (path: string, body: unknown) => {
    const answer = await fetch(`${strict.url}/simulator/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
    return (await answer.json()) as any;
  };
  const channel = await control('channels', { name: 'SDK' });
  const friend = await control('users', { name: 'Ken', follow: channel.id });
  const picture = { type: 'image' };
  const base64 = Buffer.from('a picture').toString('base64');
  const { messageId } = await control(`users/${friend.id}/say`, { room: channel.id, message: picture, base64, mime: 'image/png' });

  const token = { channelAccessToken: channel.token };
  const blob = (baseURL: string) => new messagingApi.MessagingApiBlobClient({ ...token, baseURL });
  const chunks: Buffer[] = [];
  for await (const chunk of await blob(data!).getMessageContent(messageId)) chunks.push(Buffer.from(chunk));
  expect(Buffer.concat(chunks).toString()).toBe('a picture');
  expect((await blob(strict.url).getMessageContent(messageId).catch((error) => error)).status).toBe(404);
  const api = (baseURL: string) => new messagingApi.MessagingApiClient({ ...token, baseURL });
  expect((await api(strict.url).getBotInfo()).displayName).toBe('SDK');
  expect((await api(data!).getBotInfo().catch((error) => error)).status).toBe(404);
  await strict.stop();
});
