from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0005_offers'),
    ]

    operations = [
        migrations.AddField(
            model_name='paper',
            name='revoked_entry',
            field=models.BigIntegerField(null=True),
        ),
    ]
