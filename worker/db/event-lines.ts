/** Events that one line gives at a time, where so many wait in it and in others too. What comes to fewer over all lines is all there is. */
export const SHARE = 100;

const LINES = "FROM event_due INDEXED BY event_due_line";

/**
 * SQL: at most `?2` events that wait since `?1` or longer. Cases and alerts call a person, and come before answers. Then the first of each site's
 * line, the second of each, and so on, the longest waiting first: however much waits in one line, it keeps no other waiting. Reads two rows of each
 * line that is not empty beside what they give.
 */
export const WAITING = `WITH RECURSIVE lines(name) AS (
		SELECT min(line) ${LINES} UNION ALL SELECT (SELECT min(line) ${LINES} WHERE line > lines.name) FROM lines WHERE lines.name IS NOT NULL),
	waiting(name) AS MATERIALIZED (SELECT name FROM lines WHERE EXISTS (SELECT 1 ${LINES} WHERE line = lines.name AND turn_at <= ?1)),
	share(n) AS (SELECT max(${SHARE}, CAST(?2 / max(1, count(*)) AS INTEGER)) FROM waiting)
	SELECT json_extract(each.value, '$[0]') AS site, json_extract(each.value, '$[1]') AS subject, json_extract(each.value, '$[2]') AS type,
		json_extract(each.value, '$[3]') AS due_at
	FROM waiting CROSS JOIN json_each((SELECT json_group_array(json_array(site, subject, type, due_at, turn_at)) FROM (
		SELECT site, subject, type, due_at, turn_at ${LINES} WHERE line = waiting.name AND turn_at <= ?1 ORDER BY turn_at LIMIT (SELECT n FROM share)))) AS each
	ORDER BY substr(name, 1, 1), each.key, json_extract(each.value, '$[4]') LIMIT ?2`;
