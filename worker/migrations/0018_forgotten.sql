-- What was to be forgotten and was kept.

-- Who is erased is erased from the notes whatever brings it about, also a revision that names who was erased before.
DROP TRIGGER IF EXISTS case_erased;
CREATE TRIGGER case_erased AFTER UPDATE ON ask WHEN NEW.erased_at IS NOT OLD.erased_at OR (NEW.rev = OLD.rev AND ((OLD.customer IS NOT NULL AND NEW.customer IS NULL) OR (OLD."transaction" IS NOT NULL AND NEW."transaction" IS NULL) OR (OLD.comment IS NOT NULL AND NEW.comment IS NULL) OR (OLD.page IS NOT NULL AND NEW.page IS NULL))) BEGIN DELETE FROM case_event WHERE site = NEW.site AND file = NEW.id AND kind = 'note'; END;

-- The notes of answers that were erased so, or that retention had passed while they named nobody but by where to call back.
DELETE FROM case_event WHERE kind = 'note' AND EXISTS (
  SELECT 1 FROM ask JOIN site ON site.id = ask.site
  WHERE ask.site = case_event.site AND ask.id = case_event.file
    AND (ask.erased_at IS NOT NULL OR (ask.day, ask.id) <= (site.nameless_day, site.nameless_id))
);

-- What was put in the place of a name and refused may be anything, a key or an address too.
UPDATE audit SET object = '' WHERE result >= '400' AND object GLOB '*[^0-9A-Za-z-]*';
