from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "evenhand.kernel.calendar"
    label = "calendar"
