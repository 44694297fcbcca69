from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('identity', '0005_unread'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='person',
            index=models.Index(condition=models.Q(('guest', False)), fields=['id'], name='who_works_here'),
        ),
    ]
