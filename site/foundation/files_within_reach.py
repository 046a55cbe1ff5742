"""Forms of the admin that take no picture or document which their user could not choose, whatever the request says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.documents import permissions as documents
from wagtail.images import get_image_model
from wagtail.images import permissions as images

File = tuple[type[Model], int]
"""Model and number of a picture or document."""

_COUNTING = ("-count", "-order", "-deleted")
"""So end the names of what tells how many blocks were sent and in which order: small numbers, too."""


class FilesWithinReach:
    """Of a form with `for_user`. What stood on the page before, in whichever version, may stay and come back."""

    fields: dict[str, Any]
    instance: Model
    for_user: Any
    data: Any

    def _post_clean(self) -> None:
        before = {file for name in self.fields for file in files_in(self.instance, name)}
        super()._post_clean()  # type: ignore[misc]
        if self.for_user is None:
            return
        named = {name: set(self._files_sent(name)) - before for name in self.fields}
        foreign = _out_of_reach(self.for_user, {file for files in named.values() for file in files})
        foreign -= _held_ever(self.instance, self.fields, foreign)
        for name, files in named.items():
            if refused := files & foreign:
                self._refuse(name, refused)

    def _files_sent(self, name: str) -> Iterator[File]:
        """Of blocks and texts with another mistake, too, which the instance does not get."""
        field = _holding_field(self.instance, name) if name in self.errors else None  # type: ignore[attr-defined]
        if field is None or _is_chooser(field):
            return files_in(self.instance, name)
        return _files_of(field, self[name].data)  # type: ignore[index]

    def _refuse(self, name: str, files: set[File]) -> None:
        what = "Ein Bild" if any(model is get_image_model() for model, _ in files) else "Ein Dokument"
        sentence = (
            f"{what} hier liegt in einer Sammlung, aus der Sie nicht wählen dürfen. Bitte wählen Sie ein anderes."
        )
        self.add_error(name, sentence)  # type: ignore[attr-defined]
        # The form comes back: its choosers and texts would show title, picture and address of what was named.
        numbers = {str(number) for _, number in files}
        self.data = self.data.copy()
        for key, value in list(self.data.items()):
            if (key == name or key.startswith(f"{name}-")) and not key.endswith(_COUNTING):
                self.data[key] = "" if value in numbers else _without_links(value, numbers)


def files_in(thing: Model, name: str) -> Iterator[File]:
    """Pictures and documents that the field names: by itself, in its blocks, in the links and embeds of its texts."""
    field = _holding_field(thing, name)
    if field is not None:
        yield from _files_of(field, field.value_from_object(thing))


def _holding_field(thing: Model, name: str) -> Any:
    """None where there is no such field, or where it can name no file."""
    field = next((field for field in thing._meta.get_fields() if field.name == name), None)
    return field if _is_chooser(field) or hasattr(field, "extract_references") else None


def _is_chooser(field: Any) -> bool:
    kinds = (get_image_model(), get_document_model())
    return getattr(field, "related_model", None) in kinds and bool(field.many_to_one)


def _files_of(field: Any, value: Any) -> Iterator[File]:
    if _is_chooser(field):
        if value is not None:
            yield field.related_model, value
        return
    for model, number, *_ in field.extract_references(value or ""):
        if model in (get_image_model(), get_document_model()) and str(number).isdecimal():
            yield model, int(number)


def _without_links(sent: str, numbers: set[str]) -> str:
    """A text as Draftail sends it, without its links to these documents; anything else as it is."""
    try:
        text = json.loads(sent)
    except ValueError:
        return sent
    if not isinstance(text, dict) or not text.keys() >= {"blocks", "entityMap"}:
        return sent
    gone = {
        key
        for key, entity in text["entityMap"].items()
        if entity["type"] == "DOCUMENT" and str(entity["data"].get("id")) in numbers
    }
    for block in text["blocks"]:
        block["entityRanges"] = [each for each in block.get("entityRanges", ()) if str(each["key"]) not in gone]
    text["entityMap"] = {key: entity for key, entity in text["entityMap"].items() if key not in gone}
    return json.dumps(text)


def _out_of_reach(user: Any, files: set[File]) -> set[File]:
    policies = (images.permission_policy, documents.permission_policy)  # made when the models are known
    foreign = set()
    for policy in policies:
        numbers = {number for model, number in files if model is policy.model}
        if numbers:
            own = policy.instances_user_has_any_permission_for(user, ["choose"]).filter(pk__in=numbers)
            foreign |= {(policy.model, number) for number in numbers.difference(own.values_list("pk", flat=True))}
    return foreign


def _held_ever(thing: Model, fields: Iterable[str], wanted: set[File]) -> set[File]:
    """Those of the wanted files that stand in what is stored of the thing, or stood in an older version."""
    found: set[File] = set()
    for version in _versions(thing) if wanted else ():
        found |= {file for name in fields for file in files_in(version, name)} & wanted
        if found == wanted:
            break
    return found


def _versions(thing: Model) -> Iterator[Model]:
    if thing.pk is None:
        return
    yield from type(thing)._default_manager.filter(pk=thing.pk)
    if hasattr(thing, "revisions"):
        for revision in thing.revisions.order_by("-pk").iterator(chunk_size=10):
            yield revision.as_object()
