# ruff: noqa: PLC0415 - doccano's modules can be imported once its Django is set up
"""Makes doccano.jsonl: what a real doccano gives back of an export, with corrections.

    pip install doccano "marshmallow<4" "numpy<2"                        # in an environment of its own
    jijitsu export gold.jsonl --corpus articles.jsonl --to doccano -o exported
    python make_doccano.py exported/train.jsonl doccano.jsonl

doccano's own import and export run here in one process, on a database in memory; corrections
are made through its models, as its server makes them.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any


def main(exported: str, target: str) -> None:
    """Import the rows into a new project, correct two of the three, export the project."""
    start_doccano()
    from data_export.celery_tasks import export_dataset
    from data_import.datasets import load_dataset
    from data_import.pipeline.catalog import RELATION_EXTRACTION, create_file_format
    from data_import.pipeline.readers import FileName
    from django.contrib.auth.models import User
    from projects.models import Project, ProjectType, SequenceLabelingProject

    user = User.objects.create_user("annotator")
    project = SequenceLabelingProject.objects.create(
        name="facts",
        description="facts",
        project_type=ProjectType.SEQUENCE_LABELING,
        created_by=user,
        allow_overlapping=True,
        use_relation=True,
        collaborative_annotation=True,
    )
    files = [FileName(full_path=exported, generated_name=exported, upload_name="train.jsonl")]
    form = create_file_format("JSONL")
    dataset = load_dataset(RELATION_EXTRACTION, form, files, project, encoding="utf_8")
    dataset.save(user)
    assert not dataset.errors, dataset.errors
    correct(Project.objects.get(pk=project.pk), user)
    with zipfile.ZipFile(export_dataset(project.pk, "JSONL")) as archive:
        Path(target).write_bytes(archive.read("all.jsonl"))


def start_doccano() -> None:
    """Set up doccano's Django in this process."""
    found = importlib.util.find_spec("backend")
    assert found
    assert found.submodule_search_locations
    sys.path.append(found.submodule_search_locations[0])
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "DATABASE_URL": "sqlite:///:memory:",
        "MEDIA_ROOT": tempfile.mkdtemp(),
        "STANDALONE": "True",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("create_roles")


def correct(project: Any, user: Any) -> None:
    """Add a date, retype a name, take a subject away; remove a percentage."""
    from label_types.models import SpanType
    from labels.models import Relation, Span

    def span(text: str, start: int) -> Any:
        return Span.objects.get(
            example__project=project, example__text__contains=text, start_offset=start
        )

    name = span("Qwen3", 50)
    name.label = SpanType.objects.get(project=project, text="organization")
    name.save()
    date, _ = SpanType.objects.get_or_create(project=project, text="date")
    Span.objects.create(example=name.example, user=user, label=date, start_offset=7, end_offset=10)
    yen = span("7.98兆円", 23)
    Relation.objects.filter(from_id=yen, type__text="subject").delete()
    span("2割", 35).delete()


if __name__ == "__main__":
    main(*sys.argv[1:])
