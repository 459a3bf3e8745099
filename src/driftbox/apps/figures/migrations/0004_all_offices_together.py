"""Count everything anew, so that there are also totals of all offices together."""

from django.db import migrations

EMPTY = ["DELETE FROM figure_fact", "DELETE FROM figure_total", "DELETE FROM figure_todo"]
QUEUE = ["INSERT INTO figure_todo (docket) SELECT DISTINCT docket FROM entry"]


class Migration(migrations.Migration):
    dependencies = [("figures", "0003_what_counts_anew")]
    operations = [migrations.RunSQL(EMPTY + QUEUE, migrations.RunSQL.noop)]
