import stillroom.kernel
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0002_steps'),
    ]

    operations = [
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.CharField(default=stillroom.kernel.new_id, editable=False, max_length=26, primary_key=True, serialize=False)),
                ('written_by', models.CharField(max_length=26)),
                ('written_at', models.DateTimeField()),
                ('sealed', models.BinaryField()),
            ],
        ),
    ]
