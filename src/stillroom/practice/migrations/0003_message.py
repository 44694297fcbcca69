import django.db.models.deletion
from django.db import migrations, models

import stillroom.kernel._ids


class Migration(migrations.Migration):

    dependencies = [
        ("practice", "0002_glass"),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.CharField(default=stillroom.kernel._ids.new_id, editable=False, max_length=26, primary_key=True, serialize=False)),
                ("state", models.CharField(choices=[("kept", "Kept"), ("gone", "Gone"), ("failed", "Failed")], default="kept", max_length=8)),
                ("sealed", models.BinaryField()),
                ("written_by", models.CharField(max_length=26)),
                ("written_at", models.DateTimeField()),
                ("entry", models.BigIntegerField()),
                ("client", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="practice.client")),
            ],
        ),
    ]
