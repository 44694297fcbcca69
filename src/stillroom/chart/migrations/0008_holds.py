from django.db import migrations, models

import stillroom.kernel._ids


class Migration(migrations.Migration):
    dependencies = [("chart", "0007_document_files")]

    operations = [
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=stillroom.kernel._ids.new_id,
                        editable=False,
                        max_length=26,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("chart", models.CharField(db_index=True, max_length=26)),
                ("record", models.CharField(blank=True, default="", max_length=26)),
                ("kind", models.CharField(blank=True, default="", max_length=32)),
                ("proxies", models.BooleanField(default=False)),
                ("stays", models.BooleanField(default=False)),
                ("ends_on", models.DateField()),
                ("by", models.CharField(max_length=26)),
                ("begun_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, default="", max_length=26)),
                ("sealed", models.BinaryField()),
                ("content_hash", models.BinaryField()),
                ("signature", models.BinaryField()),
                ("entry", models.BigIntegerField()),
            ],
        ),
    ]
