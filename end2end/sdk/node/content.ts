import { expect, png, refused, test, whole } from './line.ts';

const sent = (bytes: Buffer, mime: string) => ({ base64: bytes.toString('base64'), mime });

/** What friends sent: pictures, films, sounds and files. */
export function content() {
  test('fetches a picture and its preview', async ({ bot }) => {
    const picture = png(600, 400);
    const id = await bot.say({ type: 'image' }, sent(picture, 'image/png'));
    expect((await whole(await bot.blob.getMessageContent(id))).equals(picture)).toBe(true);
    const { httpResponse } = await bot.blob.getMessageContentWithHttpInfo(id);
    expect(httpResponse.headers.get('content-type')).toBe('image/png');
    const preview = await whole(await bot.blob.getMessageContentPreview(id));
    expect(preview.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    await bot.control(`users/${bot.friend}/unsend`, { messageId: id });
    expect((await refused(410, bot.blob.getMessageContent(id))).body).toEqual({ message: 'The content is gone' });
    expect((await refused(404, bot.blob.getMessageContent('1'))).body).toEqual({ message: 'not found' });
  });

  test('waits for a film', async ({ bot }) => {
    const id = await bot.say({ type: 'video' }, { ...sent(Buffer.from('a film'), 'video/mp4'), preparing: 60_000 });
    expect(await bot.blob.getMessageContentTranscodingByMessageId(id)).toEqual({ status: 'processing' });
    expect((await bot.blob.getMessageContentWithHttpInfo(id)).httpResponse.status).toBe(202);
    await bot.later(120_000, async () => {
      expect(await bot.blob.getMessageContentTranscodingByMessageId(id)).toEqual({ status: 'succeeded' });
      expect((await whole(await bot.blob.getMessageContent(id))).toString()).toBe('a film');
    });
    const paper = await bot.say({ type: 'file', fileName: 'menu.pdf' }, sent(Buffer.from('%PDF'), 'application/pdf'));
    expect((await whole(await bot.blob.getMessageContent(paper))).toString()).toBe('%PDF');
    await refused(400, bot.blob.getMessageContentPreview(paper));
    await refused(400, bot.blob.getMessageContentTranscodingByMessageId(paper));
  });
}
