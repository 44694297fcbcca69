from django.db import migrations, models

import stillroom.kernel._ids


class Migration(migrations.Migration):
    """A questionnaire in a client's hands, and what came back, sealed."""

    dependencies = [("chart", "0003_risk")]

    operations = [
        migrations.CreateModel(
            name="Handed",
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
                ("chart", models.CharField(max_length=26)),
                ("person", models.CharField(max_length=26)),
                ("handed_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("sealed_ask", models.BinaryField()),
                ("sealed_answers", models.BinaryField(default=b"")),
            ],
        ),
        migrations.AddIndex(
            model_name="handed",
            index=models.Index(fields=["person"], name="chart_hande_person_844e56_idx"),
        ),
    ]
