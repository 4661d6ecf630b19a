-- Shopify apps whose extensions send answers from checkouts, where pages have no origin. `sealed` is the app's client secret under the
-- Worker's own; while it is rotated, one app stands here twice.
CREATE TABLE shopify_app (
  site TEXT NOT NULL,
  id TEXT NOT NULL,
  shop TEXT NOT NULL,
  client_id TEXT NOT NULL,
  sealed TEXT NOT NULL,
  hint TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (site, id)
) WITHOUT ROWID;
