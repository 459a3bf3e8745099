"""Rows for what comes from elsewhere; entries know their cause, and two facts under one id can both be kept.

SQLite makes the table of entries afresh and loses its triggers, so they are lifted first and put back last.
"""

import json
from importlib import import_module

from django.apps.registry import Apps as StateApps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

APPEND_ONLY = import_module("driftbox.apps.eventlog.migrations.0002_append_only")
LIFT = {
    "sqlite": ["DROP TRIGGER entry_no_update", "DROP TRIGGER entry_no_delete"],
    "postgresql": [
        "DROP TRIGGER entry_no_change ON entry",
        "DROP TRIGGER entry_no_truncate ON entry",
        "DROP FUNCTION entry_append_only",
    ],
}


def lift(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away."""
    for statement in LIFT[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def write_causes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Copy the cause of each entry out of its bytes."""
    rows = apps.get_model("eventlog", "EntryRow").objects.values_list("seq", "raw")
    causes = ((json.loads(bytes(raw)).get("prev", ""), seq) for seq, raw in rows.iterator())
    with schema_editor.connection.cursor() as cursor:
        cursor.executemany("UPDATE entry SET prev = %s WHERE seq = %s", [cause for cause in causes if cause[0]])


class Migration(migrations.Migration):

    dependencies = [
        ('eventlog', '0002_append_only'),
    ]

    operations = [
        migrations.RunPython(lift, APPEND_ONLY.guard),
        migrations.CreateModel(
            name='AsideRow',
            fields=[
                ('digest', models.CharField(max_length=43, primary_key=True, serialize=False)),
                ('entry', models.CharField(max_length=36)),
                ('docket', models.CharField(db_index=True, max_length=36)),
                ('node', models.CharField(db_index=True, max_length=40)),
                ('code', models.CharField(max_length=40)),
                ('since', models.DateTimeField()),
            ],
            options={
                'db_table': 'entry_aside',
            },
        ),
        migrations.CreateModel(
            name='LateRow',
            fields=[
                ('entry', models.CharField(max_length=36, primary_key=True, serialize=False)),
                ('docket', models.CharField(db_index=True, max_length=36)),
                ('kind', models.CharField(max_length=40)),
                ('decided', models.CharField(max_length=36)),
                ('decided_kind', models.CharField(max_length=40)),
                ('decider', models.CharField(db_index=True, max_length=36)),
                ('arrived', models.DateTimeField()),
                ('seen', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'entry_late',
            },
        ),
        migrations.CreateModel(
            name='ReleaseRow',
            fields=[
                ('digest', models.CharField(max_length=43, primary_key=True, serialize=False)),
                ('released', models.DateTimeField()),
                ('by', models.CharField(max_length=36)),
                ('code', models.CharField(default='', max_length=40)),
            ],
            options={
                'db_table': 'entry_release',
            },
        ),
        migrations.CreateModel(
            name='TurnRow',
            fields=[
                ('docket', models.CharField(max_length=36, primary_key=True, serialize=False)),
                ('turn', models.PositiveIntegerField()),
            ],
            options={
                'db_table': 'docket_turn',
            },
        ),
        migrations.CreateModel(
            name='WaitingRow',
            fields=[
                ('digest', models.CharField(max_length=43, primary_key=True, serialize=False)),
                ('raw', models.BinaryField()),
                ('docket', models.CharField(db_index=True, max_length=36)),
                ('node', models.CharField(max_length=40)),
                ('entry', models.CharField(max_length=36)),
                ('prev', models.CharField(db_index=True, max_length=43)),
                ('via', models.CharField(max_length=40)),
                ('received', models.DateTimeField()),
                ('until', models.DateTimeField(db_index=True)),
            ],
            options={
                'db_table': 'entry_waiting',
            },
        ),
        migrations.AddField(
            model_name='entryrow',
            name='prev',
            field=models.CharField(default='', max_length=43),
        ),
        migrations.AddField(
            model_name='noderow',
            name='alg',
            field=models.CharField(default='ed25519', max_length=10),
        ),
        migrations.AddField(
            model_name='noderow',
            name='directory',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='noderow',
            name='office',
            field=models.CharField(default='', max_length=40),
        ),
        migrations.AddField(
            model_name='noderow',
            name='person',
            field=models.CharField(default='', max_length=36),
        ),
        migrations.AddField(
            model_name='noderow',
            name='role',
            field=models.CharField(default='hub', max_length=12),
        ),
        migrations.AddField(
            model_name='noderow',
            name='sealing',
            field=models.BinaryField(default=b''),
        ),
        migrations.AddField(
            model_name='quarantinerow',
            name='by',
            field=models.CharField(default='', max_length=36),
        ),
        migrations.AddField(
            model_name='quarantinerow',
            name='docket',
            field=models.CharField(default='', max_length=36),
        ),
        migrations.AddField(
            model_name='quarantinerow',
            name='entry',
            field=models.CharField(default='', max_length=36),
        ),
        migrations.AddField(
            model_name='quarantinerow',
            name='node',
            field=models.CharField(default='', max_length=40),
        ),
        migrations.AddField(
            model_name='quarantinerow',
            name='released',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='quarantinerow',
            name='tried',
            field=models.CharField(default='', max_length=40),
        ),
        migrations.AddField(
            model_name='quarantinerow',
            name='via',
            field=models.CharField(default='', max_length=40),
        ),
        migrations.AlterField(
            model_name='entryrow',
            name='digest',
            field=models.CharField(max_length=43, unique=True),
        ),
        migrations.AlterField(
            model_name='entryrow',
            name='id',
            field=models.CharField(db_index=True, max_length=36),
        ),
        migrations.CreateModel(
            name='AlarmRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('node', models.CharField(max_length=40)),
                ('docket', models.CharField(default='', max_length=36)),
                ('code', models.CharField(max_length=40)),
                ('entry', models.CharField(default='', max_length=36)),
                ('raised', models.DateTimeField()),
                ('seen', models.DateTimeField(null=True)),
                ('by', models.CharField(default='', max_length=36)),
            ],
            options={
                'db_table': 'node_alarm',
                'constraints': [models.UniqueConstraint(fields=('node', 'docket', 'code'), name='node_alarm_once')],
            },
        ),
        migrations.RunPython(write_causes, migrations.RunPython.noop),
        migrations.RunPython(APPEND_ONLY.guard, lift),
    ]
