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

-- The tally's dekads before this one are packed and say what it says; from it on, it is read itself. Empty where nothing was packed yet.
ALTER TABLE site ADD COLUMN unpacked_from TEXT NOT NULL DEFAULT '';

-- What changes in a past day sets its site back to that dekad. Younger days are never packed: an ask that comes when it was made costs nothing here.
CREATE TRIGGER tally_inserted AFTER INSERT ON tally WHEN NEW.day < date('now', '-9 days') BEGIN UPDATE site SET unpacked_from = substr(NEW.day, 1, 8) || iif(substr(NEW.day, 9) < '11', '01', iif(substr(NEW.day, 9) < '21', '11', '21')) WHERE id = NEW.site AND unpacked_from > NEW.day; END;
CREATE TRIGGER tally_updated AFTER UPDATE ON tally WHEN OLD.day < date('now', '-9 days') BEGIN UPDATE site SET unpacked_from = substr(OLD.day, 1, 8) || iif(substr(OLD.day, 9) < '11', '01', iif(substr(OLD.day, 9) < '21', '11', '21')) WHERE id = OLD.site AND unpacked_from > OLD.day; END;
CREATE TRIGGER tally_deleted AFTER DELETE ON tally WHEN OLD.day < date('now', '-9 days') BEGIN UPDATE site SET unpacked_from = substr(OLD.day, 1, 8) || iif(substr(OLD.day, 9) < '11', '01', iif(substr(OLD.day, 9) < '21', '11', '21')) WHERE id = OLD.site AND unpacked_from > OLD.day; END;
