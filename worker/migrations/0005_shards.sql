-- From one database to many: each site lives in one of them with all that is its own, and the first of them is the directory too.

-- Where each site lives: `shard` is the name of a binding. Only the directory's is read. A row never changes.
CREATE TABLE place (
  site TEXT PRIMARY KEY,
  public_key TEXT NOT NULL UNIQUE,
  shard TEXT NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

-- The same, as the site's own database says it.
ALTER TABLE site ADD COLUMN shard TEXT NOT NULL DEFAULT 'DB';

INSERT INTO place (site, public_key, shard, created_at) SELECT id, public_key, shard, created_at FROM site;

-- A site of the directory's own is placed by whoever makes it, also by code that does not know of places yet.
CREATE TRIGGER site_placed AFTER INSERT ON site WHEN NEW.shard = 'DB' BEGIN INSERT INTO place (site, public_key, shard, created_at) VALUES (NEW.id, NEW.public_key, NEW.shard, NEW.created_at) ON CONFLICT DO NOTHING; END;
