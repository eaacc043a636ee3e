// The yardstick: the receiver that LINE's documentation leads to. LINE's own SDK checks the signature, express
// answers, better-sqlite3 keeps the raw event; nothing else is done. It answers after the row is on the disk.
//
//   node server.mjs PORT DATABASE      (CHANNEL_SECRET in the environment)
//
// Prints one line of JSON with its address, versions and durability once it listens.
import { createRequire } from "node:module";
import process from "node:process";
import { middleware } from "@line/bot-sdk";
import Database from "better-sqlite3";
import express from "express";

const [port, file] = process.argv.slice(2);
const channelSecret = process.env.CHANNEL_SECRET;
if (!port || !file || !channelSecret) {
  console.error("usage: CHANNEL_SECRET=… node server.mjs PORT DATABASE");
  process.exit(2);
}

const db = new Database(file);
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");
db.exec(`CREATE TABLE IF NOT EXISTS webhook_event (
  event_id TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL, received_at INTEGER NOT NULL, payload TEXT NOT NULL)`);
const insert = db.prepare("INSERT INTO webhook_event VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
const count = db.prepare("SELECT COUNT(*) AS rows FROM webhook_event");

const app = express();
app.post("/webhook", middleware({ channelSecret }), (request, response) => {
  for (const event of request.body.events) {
    insert.run(event.webhookEventId, event.timestamp, Date.now(), JSON.stringify(event));
  }
  response.sendStatus(200);
});
app.get("/count", (_request, response) => response.json(count.get()));

const server = app.listen(Number(port), "127.0.0.1", () => {
  const require = createRequire(import.meta.url);
  const version = (name) => require(`./../node_modules/${name}/package.json`).version;
  console.log(JSON.stringify({
    address: `127.0.0.1:${server.address().port}`,
    versions: {
      node: process.version,
      "@line/bot-sdk": version("@line/bot-sdk"),
      express: version("express"),
      "better-sqlite3": version("better-sqlite3"),
      sqlite: db.prepare("SELECT sqlite_version() AS v").get().v,
    },
    durability: `SQLite ${db.pragma("journal_mode", { simple: true })}, synchronous=${db.pragma("synchronous", { simple: true })} (2 is FULL)`,
  }));
});
