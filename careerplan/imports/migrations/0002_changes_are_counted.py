from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_imports")]

    operations = [
        migrations.AddField("import", "changes", models.PositiveIntegerField(db_default=0, default=0)),
    ]
