"""Finding matters by who stands in which relation to them."""

from typing import Any

from django.db.models import QuerySet

from .models import Relation, Sight


def matters_where(*relations: Relation) -> QuerySet[Sight, Any]:
    """Ids of the matters to which the present actor stands in one of these relations (in any,
    if none is named), to be used as ``filter(id__in=matters_where(…))``.

    Drives a query from the actor's own matters instead of trying every row. Empty for the
    system's own actors, who see everything and stand in no relation.
    """
    sight = Sight.objects.filter(relation__in=relations) if relations else Sight.objects.all()
    return sight.values("matter_id")
