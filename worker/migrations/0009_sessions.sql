-- Who has come in by the owner's pages.

-- `hash` is that of what the cookie holds; `key_hash` that of the key it was made with, an API key's or the operator's: it ends with the key.
-- `site` is the one whose pages are open; an operator may have opened none.
CREATE TABLE session (
  hash TEXT PRIMARY KEY,
  key_hash TEXT NOT NULL,
  site TEXT,
  created_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX session_used ON session (used_at);

-- A link that logs in once, as the operator.
CREATE TABLE login_link (
  hash TEXT PRIMARY KEY,
  site TEXT,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
