"""Count everything anew, so that there are also totals of all offices together."""

from django.db import migrations

ANEW = (
    "DELETE FROM figure_fact",
    "DELETE FROM figure_total",
    "DELETE FROM figure_todo",
    "INSERT INTO figure_todo (docket) SELECT DISTINCT docket FROM entry",
)


class Migration(migrations.Migration):
    dependencies = [("figures", "0003_what_counts_anew")]
    operations = [migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in ANEW]
