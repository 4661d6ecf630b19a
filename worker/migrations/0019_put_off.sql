-- What the ingest queue brings again because it could not be written, in the directory alone: one row for all that was tried as often and
-- was sent in the same ten minutes (`sent`, when they began). `oldest` is when the oldest of them was sent, `until` when they have come again or
-- were given up (all Unix milliseconds).
CREATE TABLE ingest_put_off (
  attempts INTEGER NOT NULL,
  sent INTEGER NOT NULL,
  messages INTEGER NOT NULL,
  oldest INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (attempts, sent)
) WITHOUT ROWID;
