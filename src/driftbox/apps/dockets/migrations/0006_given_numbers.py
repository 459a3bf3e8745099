"""Cases know the number that their node gave them beside the one that is shown, so that two may have been given one."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dockets', '0005_handovers'),
    ]

    operations = [
        migrations.AddField(
            model_name='caserow',
            name='given',
            field=models.CharField(db_index=True, default='', max_length=40),
        ),
        migrations.AlterField(
            model_name='caserow',
            name='number',
            field=models.CharField(db_index=True, max_length=44),
        ),
        migrations.RunSQL('UPDATE case_row SET given = "number"', migrations.RunSQL.noop),
    ]
