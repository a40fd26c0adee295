from django.db import migrations

FORTH = """
INSERT INTO intake_refusedcell (batch_id, "row", "column", value, code, params)
SELECT b.id, (p ->> 'row')::int, left(p ->> 'column', 200), left(p ->> 'value', 200), p ->> 'code',
    coalesce(p -> 'params', '{}')
FROM intake_importbatch b CROSS JOIN LATERAL jsonb_array_elements(b.problems) p;
INSERT INTO intake_plannedrow (batch_id, "row", verdict, label, difference)
SELECT b.id, (c ->> 'row')::int, 'changed', left(c ->> 'number', 300), c -> 'fields'
FROM intake_importbatch b CROSS JOIN LATERAL jsonb_array_elements(b.changes) c;
"""
BACK = """
UPDATE intake_importbatch b SET
    problems = coalesce((SELECT jsonb_agg(jsonb_build_object('row', c."row", 'column', c."column",
        'value', c.value, 'code', c.code, 'params', c.params) ORDER BY c.id)
        FROM intake_refusedcell c WHERE c.batch_id = b.id), '[]'),
    changes = coalesce((SELECT jsonb_agg(jsonb_build_object('row', r."row", 'number', r.label,
        'fields', r.difference) ORDER BY r."row")
        FROM intake_plannedrow r WHERE r.batch_id = b.id AND r.verdict = 'changed'), '[]');
DELETE FROM intake_refusedcell;
DELETE FROM intake_plannedrow;
"""


class Migration(migrations.Migration):
    """Problems and changes of earlier files leave the columns in which they lay as JSON."""

    dependencies = [("intake", "0002_files_of_every_kind")]

    operations = [migrations.RunSQL(FORTH, BACK)]
