-- How a survey is asked: with which pictures, where, how often, and whether at all.

ALTER TABLE survey ADD COLUMN display TEXT NOT NULL DEFAULT 'numbers' CHECK (display IN ('numbers', 'stars', 'faces'));
ALTER TABLE survey ADD COLUMN placement TEXT NOT NULL DEFAULT 'inline' CHECK (placement IN ('inline', 'corner'));
ALTER TABLE survey ADD COLUMN sampling INTEGER NOT NULL DEFAULT 100;
ALTER TABLE survey ADD COLUMN active INTEGER NOT NULL DEFAULT 1;
