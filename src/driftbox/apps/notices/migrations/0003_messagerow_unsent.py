from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0002_written_notices'),
    ]

    operations = [
        migrations.AddField(
            model_name='messagerow',
            name='unsent',
            field=models.BooleanField(db_index=True, default=False),
        ),
    ]
