-- Who may pass: what merchants sign their orders with, what was done to a site's settings and by whom.

-- `sealed` is the secret under the Worker's own. A site has few; each signs under its `kid` until it is ended.
CREATE TABLE signing_secret (
  site TEXT NOT NULL,
  kid TEXT NOT NULL,
  sealed TEXT NOT NULL,
  hint TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (site, kid)
) WITHOUT ROWID;

-- Days after its signing during which a token is believed.
ALTER TABLE site ADD COLUMN token_days INTEGER NOT NULL DEFAULT 30;

-- Append-only. `actor` is the id of a key, "operator" or "cron"; `object` names what was done it to. Never a key, a comment, an address.
CREATE TABLE audit (
  site TEXT NOT NULL,
  at INTEGER NOT NULL,
  id TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  request TEXT NOT NULL,
  result TEXT NOT NULL,
  PRIMARY KEY (site, at, id)
) WITHOUT ROWID;

-- Whether answers go to the database at once or through the queue, in hundreds.
ALTER TABLE site ADD COLUMN ingest TEXT NOT NULL DEFAULT 'direct' CHECK (ingest IN ('direct', 'queue'));

-- What a queue has given up, as it was sent.
CREATE TABLE dead_letter (
  id TEXT PRIMARY KEY,
  body TEXT NOT NULL,
  sent_at INTEGER NOT NULL
) WITHOUT ROWID;
