"""The sets of a trace said a second time: plain SQL over the raw rows of the journal, and nothing else.

Knows no fold and no derived row. Lots hold ASCII letters, digits, blanks and the signs - / . alone.
"""

import sqlite3
from collections.abc import Sequence

_KINDS = "'disinfection_started', 'disinfected'"
_STATEMENTS = (
    # What was taken back: the newest void counts first, and a void of a void gives its entry back.
    """
    CREATE TEMP TABLE void AS
      SELECT stream, seq, json_extract(data, '$.entry') AS entry,
             row_number() OVER (PARTITION BY stream ORDER BY seq DESC) AS n
      FROM event WHERE kind = 'voided'
    """,
    "CREATE INDEX temp.void_n ON void (stream, n)",
    """
    CREATE TEMP TABLE gone AS
      WITH RECURSIVE walk(stream, n, gone) AS (
        SELECT DISTINCT stream, 0, ',' FROM void
        UNION ALL
        SELECT walk.stream, void.n,
               CASE WHEN instr(walk.gone, ',' || void.seq || ',') OR void.entry >= void.seq THEN walk.gone
                    ELSE walk.gone || void.entry || ',' END
        FROM walk JOIN void ON void.stream = walk.stream AND void.n = walk.n + 1)
      SELECT stream, gone FROM walk GROUP BY stream HAVING n = max(n)
    """,
    """
    CREATE TEMP TABLE entry AS
      SELECT event.*, coalesce(instr(gone.gone, ',' || event.seq || ','), 0) = 0 AS counts
      FROM event LEFT JOIN gone ON gone.stream = event.stream
    """,
    "CREATE INDEX temp.entry_kind ON entry (kind, stream)",
    """
    CREATE TEMP TABLE written AS
      SELECT stream AS roller, seq, counts,
             upper(replace(replace(replace(replace(coalesce(json_extract(data, '$.lot'), ''),
                   '-', ''), ' ', ''), '/', ''), '.', '')) AS norm,
             lower(coalesce(json_extract(data, '$.maker'), '')) || '|' ||
             lower(coalesce(json_extract(data, '$.model'), '')) || '|' ||
             coalesce(json_extract(data, '$.length'), '') AS make,
             coalesce(json_extract(data, '$.product'), '') AS product
      FROM entry WHERE stream LIKE 'R%' AND kind IN ('registered', 'amended')
    """,
    """
    CREATE TEMP TABLE fact AS
      SELECT *, replace(replace(replace(replace(norm, 'O', '0'), 'I', '1'), 'L', '1'), 'Y', 'Z') AS look,
             seq = first_value(seq) OVER (PARTITION BY roller ORDER BY counts DESC, seq DESC) AS stands
      FROM written
    """,
    # The pieces of a product, of which a registration counts.
    """
    CREATE TEMP TABLE piece AS
      SELECT roller, product FROM fact WHERE stands AND product <> '' AND roller IN (
        SELECT stream FROM entry WHERE kind = 'registered' AND counts)
    """,
    *(f"CREATE INDEX temp.piece_{column} ON piece ({column})" for column in ("roller", "product")),
    *(f"CREATE INDEX temp.fact_{column} ON fact ({column})" for column in ("norm", "look", "make", "roller")),
    f"""
    CREATE TEMP TABLE bath AS
      SELECT s.stream AS roller, s.seq, s.solution, s.recorded_at, json_extract(s.data, '$.agent') AS agent,
             CASE s.kind WHEN 'disinfected' THEN s.at - json_extract(s.data, '$.seconds') * 1000000
                         ELSE s.at END AS b,
             CASE s.kind WHEN 'disinfected' THEN s.at
                         ELSE coalesce((SELECT e.at FROM entry e
                                        WHERE e.stream = s.stream AND e.kind = 'disinfection_ended'
                                          AND e.counts AND (e.at, e.seq) > (s.at, s.seq)
                                        ORDER BY e.at, e.seq LIMIT 1), 9e18) END AS e,
             s.data, s.kind
      FROM entry s WHERE s.kind IN ({_KINDS}) AND s.counts
    """,
    "CREATE INDEX temp.bath_solution ON bath (solution, b)",
    "CREATE INDEX temp.bath_roller ON bath (roller)",
    "CREATE INDEX temp.bath_deed ON bath (recorded_at, agent)",
    """
    CREATE TEMP TABLE use AS
      SELECT stream AS roller, seq, at, person, counts FROM entry WHERE kind = 'used'
    """,
    "CREATE INDEX temp.use_roller ON use (roller)",
    # A disinfection counts when it was whole, with nothing against it, and nobody used the roller meanwhile.
    """
    CREATE TEMP TABLE good AS
      SELECT bath.roller, bath.solution, bath.b FROM bath
      LEFT JOIN entry e ON e.stream = bath.roller AND e.kind = 'disinfection_ended' AND e.counts
           AND e.at = bath.e AND bath.kind = 'disinfection_started'
           AND e.seq = (SELECT x.seq FROM entry x WHERE x.stream = bath.roller AND x.counts
                        AND x.kind = 'disinfection_ended' AND (x.at, x.seq) > (bath.b, bath.seq)
                        ORDER BY x.at, x.seq LIMIT 1)
      WHERE json_extract(bath.data, '$.required') IS NOT NULL
        AND coalesce(json_extract(bath.data, '$.objection'), '') = ''
        AND bath.e < 9e18
        AND bath.e - bath.b >= json_extract(bath.data, '$.required') * 1000000
        AND bath.e - bath.b >= coalesce(json_extract(bath.data, '$.planned'), 0) * 1000000
        AND bath.e - bath.b <= 12 * 3600 * 1000000
        AND NOT coalesce(json_extract(e.data, '$.early'), 0)
        AND NOT EXISTS (SELECT 1 FROM use WHERE use.roller = bath.roller AND use.counts
                        AND use.at > bath.b AND use.at < bath.e)
        -- what lay in a soak was in no other bath meanwhile, whatever is told of it afterwards
        AND NOT (bath.kind = 'disinfected' AND EXISTS (
          SELECT 1 FROM bath o WHERE o.roller = bath.roller AND o.kind = 'disinfection_started'
             AND (o.b, o.seq) < (bath.e, bath.seq) AND o.e > bath.b))
        -- of two soaks begun without an end between them, only the later one is ended by it
        AND NOT EXISTS (SELECT 1 FROM bath o WHERE o.roller = bath.roller AND bath.kind = o.kind
                        AND o.kind = 'disinfection_started' AND (o.b, o.seq) > (bath.b, bath.seq)
                        AND o.e = bath.e AND (o.b, o.seq) < (e.at, e.seq))
    """,
)
_SAME = "SELECT roller FROM fact WHERE norm = :lot"
_HAS = "SELECT roller FROM fact WHERE norm = :lot AND counts AND stands"
_MATES = f"""
    SELECT mate, min(b) AS since FROM (
      SELECT o.roller AS mate, o.b FROM bath x JOIN bath o
        ON o.solution = x.solution AND o.b < x.e AND x.b < o.e WHERE x.roller IN ({_SAME})
      UNION ALL
      SELECT o.roller, o.b FROM bath x JOIN bath o
        ON o.recorded_at = x.recorded_at AND o.agent = x.agent
      WHERE x.roller IN ({_SAME}) AND x.solution IS NULL AND o.solution IS NULL
    ) WHERE mate NOT IN ({_SAME}) GROUP BY mate
"""
OF_A_LOT = {
    "has": _HAS,
    "had": f"{_SAME} EXCEPT {_HAS}",
    "near": "SELECT roller FROM fact WHERE look = :look AND norm <> :lot"
            f" EXCEPT {_SAME}",
    "cannot_be_ruled_out": f"""
        SELECT roller FROM fact WHERE norm = '' AND stands AND (make IN (
            SELECT o.make FROM fact o WHERE o.norm = :lot
            UNION SELECT o.make FROM fact o WHERE o.stands AND o.roller IN ({_SAME}))
          OR roller IN (SELECT p.roller FROM piece p WHERE p.product IN (
            SELECT o.product FROM piece o WHERE o.roller IN ({_SAME}))))
        EXCEPT {_SAME}""",
    "persons": f"SELECT person FROM use WHERE counts AND person IS NOT NULL AND roller IN ({_SAME})",
    "persons_taken_back": f"SELECT person FROM use WHERE person IS NOT NULL AND roller IN ({_SAME})"
                          f" EXCEPT SELECT person FROM use WHERE counts AND roller IN ({_SAME})",
    "mates": f"SELECT mate FROM ({_MATES})",
    "persons_of_mates": f"SELECT use.person FROM use JOIN ({_MATES}) ON mate = use.roller"
                        " WHERE use.counts AND use.person IS NOT NULL AND use.at >= since",
}  # fmt: skip
_IN_IT = "SELECT roller, b FROM bath WHERE solution = :solution AND :since < e"
OF_A_SOLUTION = {
    "rollers": f"SELECT roller FROM ({_IN_IT})",
    "persons": f"SELECT use.person FROM use JOIN ({_IN_IT}) i ON i.roller = use.roller"
               " WHERE use.counts AND use.person IS NOT NULL AND use.at >= i.b AND use.at <= coalesce("
               "(SELECT min(good.b) FROM good WHERE good.roller = i.roller AND good.b >= i.b"
               " AND good.solution IS NOT :solution), 9e18)",
}  # fmt: skip
_LAST_PASS = """
    SELECT max(p.at) FROM entry p WHERE p.stream = :solution AND p.kind = 'tested' AND p.counts
      AND json_extract(p.data, '$.passed') AND (p.at, p.seq) < (
        SELECT f.at, f.seq FROM entry f WHERE f.stream = :solution AND f.kind = 'tested' AND f.counts
          AND NOT json_extract(f.data, '$.passed') ORDER BY f.at DESC, f.seq DESC LIMIT 1)
"""
_FROM_THE_BEGINNING = -(2**62)


class Oracle:
    """Answers from the rows as they stood when it was made."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        for statement in _STATEMENTS:
            connection.execute(statement)

    def of_lot(self, norm: str, look: str) -> dict[str, list[str]]:
        """The eight sets of a lot."""
        return {name: self._codes(query, lot=norm, look=look) for name, query in OF_A_LOT.items()}

    def of_solution(self, solution: str, *, since_last_pass: bool = False) -> dict[str, list[str]]:
        """The two sets of a solution."""
        since = None
        if since_last_pass:
            (since,) = self._connection.execute(_LAST_PASS, {"solution": solution}).fetchone()
        asked = {"solution": solution, "since": _FROM_THE_BEGINNING if since is None else since}
        return {name: self._codes(query, **asked) for name, query in OF_A_SOLUTION.items()}

    def lots(self) -> Sequence[str]:
        """Every lot on record, by its letters and digits."""
        return [lot for (lot,) in self._connection.execute("SELECT DISTINCT norm FROM fact WHERE norm <> ''")]

    def _codes(self, query: str, **asked: object) -> list[str]:
        return sorted({code for (code,) in self._connection.execute(query, asked)})
