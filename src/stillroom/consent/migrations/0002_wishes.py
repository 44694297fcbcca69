from django.db import migrations, models

import stillroom.kernel._ids


class Migration(migrations.Migration):

    dependencies = [
        ("consent", "0001_initial"),
    ]

    operations = [
        migrations.AddField("paper", "revoked_by", models.CharField(blank=True, default="", max_length=26)),
        migrations.AddField("paper", "taken_back", models.BinaryField(null=True)),
        migrations.CreateModel(
            name="Restriction",
            fields=[
                ("id", models.CharField(default=stillroom.kernel._ids.new_id, editable=False, max_length=26, primary_key=True, serialize=False)),
                ("chart", models.CharField(db_index=True, max_length=26)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("sealed", models.BinaryField()),
                ("changed_by", models.CharField(max_length=26)),
                ("changed_at", models.DateTimeField()),
                ("entry", models.BigIntegerField()),
            ],
        ),
    ]
