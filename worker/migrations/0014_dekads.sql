-- The tally of past days packed, a row for each pair and dekad: the days 1 to 10, 11 to 20, or 21 to the last of a month. A dekad is called by its first day.
-- `sums` is JSON: n and commented of every outcome in turn, those of the scores 0 to 10 first, then dismissed, then ignored.
-- `days` is JSON: [day, outcome, n, commented] of each row.
CREATE TABLE tally_dekad (
  site TEXT NOT NULL,
  survey TEXT NOT NULL,
  version INTEGER NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  dekad TEXT NOT NULL,
  sums TEXT NOT NULL,
  days TEXT NOT NULL,
  PRIMARY KEY (site, survey, version, key, value, dekad)
) WITHOUT ROWID;

-- The dekads of a site's tally before `day` are packed and say what it says; from it on, the tally itself is read. A site without a row has nothing packed.
CREATE TABLE packed_until (
  site TEXT PRIMARY KEY,
  day TEXT NOT NULL
) WITHOUT ROWID;

-- What changes in a past day sets its site back to that dekad. Younger days are never packed: an ask that comes when it was made costs no row here. What writes the tally itself does the same. Retention leaves the tally as it is.
CREATE TRIGGER ask_inserted_past AFTER INSERT ON ask WHEN NEW.day < date('now', '-9 days') BEGIN UPDATE packed_until SET day = substr(NEW.day, 1, 8) || iif(substr(NEW.day, 9) < '11', '01', iif(substr(NEW.day, 9) < '21', '11', '21')) WHERE site = NEW.site AND day > NEW.day; END;
CREATE TRIGGER ask_updated_past AFTER UPDATE ON ask WHEN OLD.day < date('now', '-9 days') AND (OLD.pairs <> NEW.pairs OR OLD.outcome <> NEW.outcome OR OLD.commented <> NEW.commented) BEGIN UPDATE packed_until SET day = substr(OLD.day, 1, 8) || iif(substr(OLD.day, 9) < '11', '01', iif(substr(OLD.day, 9) < '21', '11', '21')) WHERE site = OLD.site AND day > OLD.day; END;
CREATE TRIGGER ask_deleted_past AFTER DELETE ON ask WHEN OLD.day < date('now', '-9 days') AND OLD.day >= coalesce((SELECT raw_from FROM site WHERE id = OLD.site), '') BEGIN UPDATE packed_until SET day = substr(OLD.day, 1, 8) || iif(substr(OLD.day, 9) < '11', '01', iif(substr(OLD.day, 9) < '21', '11', '21')) WHERE site = OLD.site AND day > OLD.day; END;
