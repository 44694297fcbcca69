import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """That something is to follow after a record, and by which day."""

    dependencies = [("chart", "0002_writing")]

    operations = [
        migrations.CreateModel(
            name="Followup",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="chart.record",
                    ),
                ),
                ("due_on", models.DateField()),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.CharField(default="", max_length=26)),
            ],
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(fields=["due_on"], name="chart_follo_due_on_0104c5_idx"),
        ),
    ]
