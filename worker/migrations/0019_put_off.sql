-- What the ingest queue brings again because it could not be written, in the directory alone: one row for all that was tried as often.
-- `oldest` is when the oldest of them was sent, `until` when they have come again or were given up (both Unix milliseconds).
CREATE TABLE ingest_put_off (
  attempts INTEGER PRIMARY KEY,
  messages INTEGER NOT NULL,
  oldest INTEGER NOT NULL,
  until INTEGER NOT NULL
);
