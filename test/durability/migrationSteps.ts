/** Migrations with a point after every statement at which a process can die; the first is what the database begins with. */
export const STEPS: readonly string[] = [
  `CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT) STRICT;
   WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 100)
   INSERT INTO things SELECT value, 'thing ' || value FROM n`,
  `SELECT point(1);
   ALTER TABLE things ADD COLUMN size INTEGER;
   SELECT point(2);
   UPDATE things SET size = length(name);
   SELECT point(3);
   CREATE INDEX things_by_size ON things (size);
   SELECT point(4)`,
  `CREATE TABLE others (id INTEGER PRIMARY KEY REFERENCES things) STRICT;
   SELECT point(5);
   INSERT INTO others SELECT id FROM things WHERE size > 7;
   SELECT point(6);
   DROP INDEX things_by_size;
   SELECT point(7)`,
]

/** Number of points in them. */
export const POINTS = 7
