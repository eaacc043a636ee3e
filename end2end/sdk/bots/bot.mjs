// A bot as LINE's SDK for Node shows it: express, the SDK's middleware, one function for an event.
import { once } from 'node:events';
import { JSONParseError, messagingApi, middleware, SignatureValidationFailed } from '@line/bot-sdk';
import express from 'express';

const { SIMULATOR: baseURL, CHANNEL_TOKEN: channelAccessToken, CHANNEL_SECRET: channelSecret } = process.env;
const api = new messagingApi.MessagingApiClient({ channelAccessToken, baseURL });
const blob = new messagingApi.MessagingApiBlobClient({ channelAccessToken, baseURL });

const book = { type: 'action', action: { type: 'postback', label: 'Book', data: 'book' } };

async function answer(event) {
  if (event.type === 'follow') return { text: 'welcome' };
  if (event.type === 'postback') return { text: `postback: ${event.postback.data}` };
  if (event.type !== 'message') return undefined;
  if (event.message.type === 'image') {
    let size = 0;
    for await (const chunk of await blob.getMessageContent(event.message.id)) size += chunk.length;
    return { text: `${size} bytes` };
  }
  if (event.message.type !== 'text') return undefined;
  switch (event.message.text) {
    case 'profile':
      return { text: `you are ${(await api.getProfile(event.source.userId)).displayName}` };
    case 'menu':
      return { text: 'what would you like?', quickReply: { items: [book] } };
    case 'stumble':
      if (!event.deliveryContext.isRedelivery) throw new Error('stumbled, as asked');
      return { text: 'up again' };
    default:
      return { text: event.message.text };
  }
}

// LINE may send an event twice; what was done once is done.
const done = new Set();

async function handle(event) {
  if (done.has(event.webhookEventId)) return;
  done.add(event.webhookEventId);
  try {
    const message = await answer(event);
    if (message) await api.replyMessage({ replyToken: event.replyToken, messages: [{ type: 'text', ...message }] });
  } catch (error) {
    done.delete(event.webhookEventId);
    throw error;
  }
}

const app = express();
app.post('/callback', middleware({ channelSecret }), (request, response, next) => {
  Promise.all(request.body.events.map(handle)).then(() => response.json({}), next);
});
app.use((error, request, response, next) => {
  if (error instanceof SignatureValidationFailed) response.status(401).send(error.message);
  else if (error instanceof JSONParseError) response.status(400).send(error.message);
  else response.status(500).send(String(error));
});

const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(`a bot is at http://127.0.0.1:${server.address().port}/callback`);
