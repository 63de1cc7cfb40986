"""What a form over a version shows beside Django's own."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

from people.versions import told

register = template.Library()


@register.filter
def seen(field: BoundField) -> SafeString:
    """The hidden value a field was shown with, where its widget is written out by hand."""
    return field.as_hidden(only_initial=True)


@register.filter
def read(field: BoundField) -> str:
    """What a field holds, in words, for who may not change it; empty where it holds nothing."""
    value = field.value()
    return "" if value in (None, "") else told(field.field, value)
