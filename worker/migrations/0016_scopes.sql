-- Which answers a baseline and an alert count: all, or only the signed. Null where it was not kept.
ALTER TABLE baseline ADD COLUMN verified TEXT CHECK (verified IN ('all', 'only'));
ALTER TABLE episode ADD COLUMN verified TEXT CHECK (verified IN ('all', 'only'));

-- What can be told of the baselines there are. Where nothing signed was counted in their days, they count all answers.
UPDATE baseline SET verified = 'all' WHERE NOT EXISTS (
  SELECT 1 FROM tally AS t WHERE t.site = baseline.site AND t.survey = baseline.survey AND t.version = baseline.version
    AND t.key = 'verified' AND t.value = 'yes' AND t.day BETWEEN baseline.first_day AND baseline.last_day AND t.n > 0
);

-- Where they have as many answers of each score as were signed in their days, they count only the signed.
UPDATE baseline SET verified = 'only' WHERE verified IS NULL AND NOT EXISTS (
  SELECT 1 FROM json_each(baseline.histogram) AS score WHERE score.value <> (
    SELECT coalesce(sum(t.n), 0) FROM tally AS t WHERE t.site = baseline.site AND t.survey = baseline.survey AND t.version = baseline.version
      AND t.key = 'verified' AND t.value = 'yes' AND t.day BETWEEN baseline.first_day AND baseline.last_day AND t.outcome = score.key
  )
);
